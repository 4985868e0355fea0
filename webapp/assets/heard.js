// What the pages do beyond HTML: everything works without it.
import { Button, CharacterCount, Checkboxes, ErrorSummary, Radios, SkipLink } from 'govuk-frontend'
import { startExit } from './exit.js'
import { startFinder } from './finder.js'
import { startHandOver } from './hand-over.js'
import { startLanguages } from './languages.js'
import { startListen } from './listen.js'
import { startPrint } from './print.js'
import { startTimeout } from './timeout.js'

const parts = {
  'govuk-button': (element) => new Button(element, { preventDoubleClick: true }),
  'govuk-character-count': (element) => new CharacterCount(element),
  'govuk-checkboxes': (element) => new Checkboxes(element),
  'govuk-error-summary': (element) => new ErrorSummary(element),
  'govuk-radios': (element) => new Radios(element),
  'govuk-skip-link': (element) => new SkipLink(element),
  'heard-exit': startExit,
  'heard-finder': startFinder,
  'heard-hand-over': startHandOver,
  'heard-languages': startLanguages,
  'heard-listen': startListen,
  'heard-print': startPrint,
  'heard-timeout': startTimeout
}

// A page that comes back from the browser's memory may show answers that were cleared since: ask the server again.
window.addEventListener('pageshow', (event) => { if (event.persisted) window.location.reload() })

for (const element of document.querySelectorAll('[data-module]')) {
  const start = parts[element.dataset.module]
  try {
    if (start) start(element)
  } catch (error) {
    // One part that this browser cannot run must not stop the others.
    console.error(error)
  }
}
