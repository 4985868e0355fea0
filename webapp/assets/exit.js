// The way out: one press, or Esc three times, hides the page and goes to the address that clears everything.

import { hush } from './listen.js'

let leaving = false
let presses = []

/** Hide the page at once, then replace it in the history. */
function leave (address) {
  if (leaving) return
  leaving = true
  hush()
  document.documentElement.classList.add('heard-left')
  document.title = '…'
  window.location.replace(address)
}

let listening = false

/** @param {HTMLAnchorElement} link - works as a plain link without this script */
export function startExit (link) {
  link.addEventListener('click', (event) => {
    event.preventDefault()
    leave(link.href)
  })
  if (listening) return
  listening = true
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || event.repeat) {
      if (!event.repeat) presses = []
      return
    }
    const now = Date.now()
    presses = [...presses.filter((time) => now - time < 3000), now]
    if (presses.length >= 3) leave(link.href)
  })
}
