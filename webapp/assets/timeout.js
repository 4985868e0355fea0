// The time-out warning: says before the answers are cleared, and keeps them when the parent carries on.
// The server clears them by its own clock; this only tells, in time.

import { hush } from './listen.js'

const figures = (seconds) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`

/** The server has cleared: a form with words in it is sent all the same, and its answer shows them again. */
function over (cleared) {
  const box = [...document.querySelectorAll('main textarea, main input[type="text"], main input[type="email"], main input[type="tel"]')]
    .find((each) => each.form && each.value !== each.defaultValue)
  if (box) HTMLFormElement.prototype.submit.call(box.form)
  else window.location.replace(cleared)
}

/** @param {HTMLDialogElement} dialog - see timeout_dialog in parts.html for its data */
export function startTimeout (dialog) {
  if (typeof dialog.showModal !== 'function') return
  const { keep, cleared } = dialog.dataset
  const whole = Number(dialog.dataset.seconds)
  const warn = Number(dialog.dataset.warn)
  const spoken = JSON.parse(dialog.dataset.spoken)
  const [time, bar, said, carryOn] = ['time', 'bar', 'said', 'carry-on'].map((name) => dialog.querySelector(`[data-${name}]`))
  // Another tab of the same browser uses the same answers: what keeps them there keeps them here.
  const tabs = typeof BroadcastChannel === 'function' ? new BroadcastChannel('heard') : null
  let ends
  let last
  let focused
  let asking = false

  const restart = () => {
    ends = Date.now() + whole * 1000
    last = null
    asking = false
  }

  const tick = () => {
    // By the clock, not by counting: a sleeping phone counts nothing.
    const left = Math.max(0, Math.round((ends - Date.now()) / 1000))
    if (left === 0) {
      hush()
      document.documentElement.classList.add('heard-left')
      window.location.replace(cleared)
      return
    }
    if (left > warn || asking) return
    if (!dialog.open) {
      focused = document.activeElement
      dialog.showModal()
      carryOn.focus()
    }
    time.textContent = figures(left)
    bar.style.width = `${(100 * left) / warn}%`
    const due = Object.keys(spoken).map(Number).filter((seconds) => seconds >= left && seconds <= warn).sort((a, b) => a - b)[0]
    if (due !== undefined && due !== last) {
      last = due
      said.textContent = spoken[due]
    }
  }

  dialog.addEventListener('close', () => {
    if (!focused) return // closed because another tab carried on
    focused.focus()
    focused = null
    asking = true
    fetch(keep, { credentials: 'same-origin', cache: 'no-store', redirect: 'manual' }).then((answer) => {
      if (answer.status === 410) {
        over(cleared)
        return
      }
      if (!answer.ok) throw new Error('not kept')
      restart()
      if (tabs) tabs.postMessage('kept')
    }).catch(() => {
      // No connection, or a fault: the time goes on, and the warning comes back.
      asking = false
    })
  })
  carryOn.addEventListener('click', () => dialog.close())

  if (tabs) {
    tabs.onmessage = () => {
      restart()
      if (dialog.open) {
        const before = focused
        focused = null
        dialog.close()
        before.focus()
      }
    }
    tabs.postMessage('kept')
  }
  restart()
  setInterval(tick, 1000)
  document.addEventListener('visibilitychange', () => { if (!document.hidden) tick() })
}
