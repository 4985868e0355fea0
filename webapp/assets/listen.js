// The listen button: a voice of this device reads the page aloud. Nothing is sent: voices from elsewhere are not used.

// What is not read: what is pressed or typed, what changes by itself, pictures, and what is folded away.
const unread = 'button, [role="button"], input, textarea, select, svg, nav, audio, [role="img"], [role="status"], [aria-live], ' +
  '[aria-hidden="true"], [data-unread], .govuk-summary-list__actions, details:not([open]) > :not(summary)'
// Chromium falls silent after some fifteen seconds of one utterance.
const longest = 180

let left = []
let speaking // kept, because a browser may forget an utterance that nothing points to
let rest = () => {}

/** Falls silent at once. */
export function hush () {
  const was = speaking
  left = []
  speaking = null
  if (was) window.speechSynthesis.cancel()
  rest()
}

/** A voice of this device for the language, or nothing. */
function voiceFor (lang) {
  const voices = window.speechSynthesis.getVoices().filter((voice) => voice.localService && voice.lang.slice(0, 2) === lang.slice(0, 2))
  return voices.find((voice) => /GB/i.test(voice.lang)) || voices[0]
}

/** The sentences that can be seen in an element, in order, each with its language. */
function sentences (main) {
  const lines = []
  let last
  const walk = document.createTreeWalker(main, 5, (node) => // elements and texts
    node.nodeType === 1 && (node.matches(unread) || !(node.getClientRects().length || node.matches('br'))) ? 2 : 1)
  while (walk.nextNode()) {
    let block = walk.currentNode
    if (block.nodeName === 'BR') last = null
    if (block.nodeType === 1) continue
    const { data, parentElement } = block
    do block = block.parentElement; while (/^inline/.test(getComputedStyle(block).display))
    if (block !== last) lines.push({ text: '', lang: parentElement.closest('[lang]').lang })
    lines[lines.length - 1].text += data
    last = block
  }
  return lines.flatMap(({ text, lang }) =>
    (text.replace(/\s+/g, ' ').match(/\S.*?(?:[.!?:;…]["”’)]*(?= )|$)/g) || [])
      .flatMap((part) => part.match(new RegExp(`.{1,${longest}}( |$)|.{${longest}}`, 'g')))
      .map((part) => ({ text: part.trim(), lang })))
}

/** @param {HTMLButtonElement} button - hidden; data-stop is its text while it reads */
export function startListen (button) {
  const synth = window.speechSynthesis
  if (!synth || !window.SpeechSynthesisUtterance) return
  const label = button.querySelector('span')
  const listen = label.textContent
  const show = () => { button.hidden = !voiceFor(document.documentElement.lang) }
  rest = () => { label.textContent = listen }

  const next = () => {
    const sentence = left.shift()
    if (!sentence) return hush()
    const voice = voiceFor(sentence.lang)
    if (!voice) return next()
    const utterance = new window.SpeechSynthesisUtterance(sentence.text)
    Object.assign(utterance, { voice, lang: voice.lang })
    utterance.onend = () => { if (speaking === utterance) next() }
    utterance.onerror = () => { if (speaking === utterance) hush() }
    speaking = utterance
    synth.speak(utterance)
  }
  button.addEventListener('click', () => {
    if (speaking) return hush()
    left = sentences(button.parentElement)
    label.textContent = button.dataset.stop
    next()
  })
  // Who turns away from the page, or leaves it, has reasons.
  window.addEventListener('pagehide', hush)
  document.addEventListener('visibilitychange', () => { if (document.hidden) hush() })
  if (synth.addEventListener) synth.addEventListener('voiceschanged', show)
  show()
}
