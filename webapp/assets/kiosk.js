// The bar of a shared screen: after a silence it asks whether somebody is there, and then clears everything.
// It never takes the focus. The server clears by its own clock; this tells it, now and then, that somebody is here.

const tellEvery = 20000
// A screen reader passes on few keys; it moves the focus, the selection and the page instead.
const signs = ['pointerdown', 'pointermove', 'touchstart', 'keydown', 'input', 'wheel', 'scroll', 'focusin', 'selectionchange']

const bar = document.querySelector('[data-kiosk]')
const { keep, next, rest } = bar.dataset
const silence = bar.dataset.silence * 1000
const warning = bar.dataset.warning * 1000
const tabs = typeof BroadcastChannel === 'function' ? new BroadcastChannel('heard-kiosk') : null
const say = (word) => { if (tabs) tabs.postMessage(word) }

const go = () => {
  document.documentElement.classList.add('heard-left')
  window.location.replace(next)
}

/** @param {DOMStringMap} spoken - what is said when so many seconds are left */
function watch (spoken) {
  const [still, time, how, said] = ['still', 'time', 'how', 'said'].map((name) => bar.querySelector(`[data-${name}]`))
  let last
  let told

  let hiding

  const hide = () => {
    still.hidden = true
    said.textContent = ''
  }
  const tell = () => {
    told = Date.now()
    say('here')
    if (keep) {
      fetch(keep, { credentials: 'same-origin', cache: 'no-store', redirect: 'manual' })
        .then((answer) => { if (answer.status === 410) go() })
        .catch(() => {}) // no connection: the server's own clock goes on
    }
  }
  const here = () => {
    last = Date.now()
    if (still.hidden) return
    if (!hiding) tell()
    clearTimeout(hiding)
    // Not at once: a finger or mouse on its way to the button must not press what lies under it.
    hiding = setTimeout(() => {
      hiding = null
      hide()
    }, 1000)
  }
  const tick = () => {
    const now = Date.now()
    const left = Math.ceil((last + silence + warning - now) / 1000)
    if (left <= 0) {
      say('gone')
      go()
    } else if (left * 1000 <= warning) {
      time.textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')}`
      if (still.hidden) {
        still.hidden = false
        said.textContent = [still.querySelector('strong').textContent, spoken[warning / 1000] || '', how.textContent].join(' ')
      } else if (spoken[left]) said.textContent = spoken[left]
    } else if (last > told && now - told >= tellEvery) tell()
  }

  signs.forEach((sign) => document.addEventListener(sign, here, { capture: true, passive: true }))
  if (tabs) {
    tabs.onmessage = ({ data }) => {
      if (data === 'gone') return go()
      last = told = Date.now()
      hide()
    }
  }
  here()
  tell()
  setInterval(tick, 1000)
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) return
    tick()
    tell() // it may have been cleared elsewhere
  })
}

if (rest) {
  say('gone') // what another tab may still show
  setTimeout(go, warning)
} else if (next) watch(JSON.parse(bar.dataset.spoken))
