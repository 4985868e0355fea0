// The page with the code for a phone: asks now and then whether the code was used, and if so shows the page anew.

const every = 4000

/** @param {HTMLElement} element - names the address to ask in data-check: 204 means that nothing has changed */
export function startHandOver (element) {
  const ask = () => fetch(element.dataset.check, { credentials: 'same-origin', cache: 'no-store', redirect: 'manual' })
    .then((answer) => {
      if (answer.status === 200) window.location.reload()
      else setTimeout(ask, every)
    })
    .catch(() => setTimeout(ask, every)) // no connection just now
  setTimeout(ask, every)
}
