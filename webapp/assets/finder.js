// The council finder: the list of radios shortens as you type, and says how many are left.
// The rule is the server's: the query begins a word of the name, the hint or the keywords.

/** Small letters, no accents, words parted by one space. */
function plain (text) {
  return text.normalize('NFD').replace(/[\u0300-\u036f]/g, '').toLowerCase().replace(/[^a-z0-9]+/g, ' ').trim()
}

/** @param {HTMLElement} finder - the list; data-field names the text field, data-found holds the sentences */
export function startFinder (finder) {
  const field = document.getElementById(finder.dataset.field)
  const count = finder.querySelector('[role="status"]')
  const sentences = JSON.parse(finder.dataset.found)
  const limit = Number(finder.dataset.limit)
  if (!field || sentences.length === 0) return
  const rows = [...finder.querySelectorAll('.govuk-radios__item')].map((row) => ({
    row,
    always: 'always' in row.dataset,
    input: row.querySelector('input'),
    words: ' ' + plain([row.querySelector('label'), row.querySelector('.govuk-hint')]
      .map((part) => (part ? part.textContent : '')).join(' ') + ' ' + (row.dataset.keywords || ''))
  }))
  let said

  const filter = () => {
    const typed = field.value.trim()
    const query = plain(typed)
    const matches = query ? rows.filter(({ always, words }) => !always && words.includes(' ' + query)) : []
    const shown = new Set(matches.length > limit ? [] : matches)
    for (const entry of rows) entry.row.hidden = !(entry.always || shown.has(entry) || entry.input.checked)
    clearTimeout(said)
    // Screen readers hear the count when typing rests, not at every letter.
    said = setTimeout(() => {
      const sentence = sentences[Math.min(matches.length, sentences.length - 1)]
      count.textContent = query ? sentence.replace('{query}', typed) : ''
    }, 300)
  }
  field.addEventListener('input', filter)
}
