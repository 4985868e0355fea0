// The language list closes on Esc and on a press outside it, as an open list is expected to.

/** @param {HTMLDetailsElement} list */
export function startLanguages (list) {
  document.addEventListener('click', (event) => {
    if (list.open && !list.contains(event.target)) list.open = false
  })
  list.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || !list.open) return
    list.open = false
    list.querySelector('summary').focus()
  })
}
