// Makes ../static/heard.css, heard.rtl.css, heard.js and kiosk.js from GOV.UK Frontend and the sources in this folder.
// For developers only: `npm ci && npm run build`. What it writes is committed, so users need no Node.
import { readFileSync, writeFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { Features, transform } from 'lightningcss'
import postcss from 'postcss'
import rtlcss from 'rtlcss'

const here = new URL('.', import.meta.url)
const out = new URL('../static/', here)
const read = (path) => readFileSync(new URL(path, here), 'utf8')
const write = (name, text) => {
  writeFileSync(new URL(name, out), text)
  console.log(`${name}: ${text.length} bytes, ${gzipSync(text, { level: 9 }).length} gzip`)
}

// The components of GOV.UK Frontend that the pages use; rules for any other class are left out.
const components = [
  'back-link', 'button', 'button-group', 'character-count', 'checkboxes', 'date-input', 'details', 'error-message',
  'error-summary', 'fieldset', 'form-group', 'frontend-supported', 'hint', 'input', 'inset-text', 'label', 'list',
  'radios', 'select', 'skip-link', 'skip-link-focused-element', 'summary-list', 'table', 'template', 'textarea',
  'visually-hidden', 'visually-hidden-focusable'
]
// Their colours, in ours. Values are written out, for browsers without custom properties.
const colours = {
  'text-colour': '#2a1b28', 'inverse-text-colour': '#fff', 'template-background-colour': '#f8f3f1',
  'body-background-colour': '#f8f3f1', 'error-colour': '#9b2413', 'secondary-text-colour': '#584654',
  'border-colour': '#e4d8df', 'input-border-colour': '#7a6674', 'focus-colour': '#ffbe73', 'focus-text-colour': '#2a1b28'
}
// What our own sheet says for every part: type, focus, hover, and the small parts that were drawn anew.
const ownWords = /^(font(-family|-size|-weight)?|line-height|-webkit-font-smoothing|-moz-osx-font-smoothing|text-decoration.*|text-underline-offset|box-shadow|text-align)$/
const ownStates = /:(hover|active|visited|link|disabled|-moz-focus-inner)|\[disabled\]/
const ownParts = /__label:(before|after)|summary:before|back-link:(before|after)|(radios|checkboxes)__(item|input|hint|label)|button:before|--small|--warning|--inverse|button--|details__(text|summary\b)|summary-list__actions-list|\.govuk-label:not|\.govuk-fieldset__legend:not/

/** GOV.UK's sheet, reduced to the structure of the components that the pages use, in our colours. */
function govuk () {
  const root = postcss.parse(read('node_modules/govuk-frontend/dist/govuk/govuk-frontend.min.css'))
  const allowed = new Set(components)
  root.walkComments((comment) => comment.remove())
  root.walkAtRules((rule) => {
    // Wide layouts are ours, by container queries; so are print and forced colours.
    if (rule.name === 'media' || rule.name === 'font-face' || rule.name === 'charset') rule.remove()
    if (rule.name === 'supports' && /ime-align/.test(rule.params)) rule.replaceWith(rule.nodes)
    else if (rule.name === 'supports') rule.remove()
  })
  root.walkRules((rule) => {
    rule.selectors = rule.selectors.filter((selector) => {
      const names = [...selector.matchAll(/\.(?:govuk|\\:)-([a-z-]+?)(?=__|--(?!$)|[^a-z-]|$)/g)].map((match) => match[1])
      const hidden = selector.includes('visually-hidden') || selector.includes('skip-link')
      return names.length > 0 && names.every((name) => allowed.has(name)) && !ownParts.test(selector) &&
        (hidden || !(ownStates.test(selector) || selector.includes(':focus')))
    })
    if (rule.selectors.length === 0 || rule.selector === '') rule.remove()
  })
  root.walkDecls((decl) => {
    if (ownWords.test(decl.prop)) decl.remove()
    else decl.value = decl.value.replace(/var\(--govuk-([a-z-]+),[^)]*\)/g, (all, name) => colours[name] ?? all)
    if (decl.prop.startsWith('--')) decl.remove()
  })
  root.walkRules((rule) => { if (rule.nodes.length === 0) rule.remove() })
  const left = root.toString().match(/var\(--govuk[^)]*\)/g)
  if (left) throw new Error(`colours without a value of ours: ${[...new Set(left)]}`)
  return root
}

/** Our own sheet: custom properties written out; logical properties in the forms that old browsers know. */
function own (direction) {
  const root = postcss.parse(read('heard.css'))
  const values = {}
  root.walkRules(':root', (rule) => {
    rule.walkDecls(/^--/, (decl) => { values[decl.prop] = decl.value })
    rule.remove()
  })
  const start = direction === 'rtl' ? 'right' : 'left'
  const end = direction === 'rtl' ? 'left' : 'right'
  root.walkDecls((decl) => {
    decl.value = decl.value.replace(/var\((--[a-z-]+)\)/g, (all, name) => {
      if (!(name in values)) throw decl.error(`no such value: ${name}`)
      return values[name]
    })
    // No page is set in columns, so block is always top to bottom; `inset` became known late, so it is written out.
    const physical = { 'inset-inline-start': start, 'inset-inline-end': end, 'inset-block-start': 'top', 'inset-block-end': 'bottom' }
    if (decl.prop in physical) decl.prop = physical[decl.prop]
    if (decl.prop === 'inset-inline') decl.replaceWith(decl.clone({ prop: 'left' }), decl.clone({ prop: 'right' }))
    const block = decl.prop.match(/^(margin|padding)-block(-start|-end)?$/)
    const [first, second = first] = postcss.list.space(decl.value)
    if (block?.[2]) decl.prop = `${block[1]}-${block[2] === '-start' ? 'top' : 'bottom'}`
    else if (block) decl.replaceWith(decl.clone({ prop: `${block[1]}-top`, value: first }), decl.clone({ prop: `${block[1]}-bottom`, value: second }))
  })
  return root.toString()
}

// The oldest browsers that get the whole look; older ones get a plain page that works.
const version = (major, minor = 0) => (major << 16) | (minor << 8)
const oldest = { chrome: version(70), firefox: version(66), safari: version(12, 1), ios_saf: version(12, 1), samsung: version(10) }

function css (direction) {
  const theirs = govuk().toString()
  const text = (direction === 'rtl' ? rtlcss.process(theirs) : theirs) + own(direction)
  const { code } = transform({ filename: 'heard.css', code: Buffer.from(text), minify: true, targets: oldest, exclude: Features.LogicalProperties })
  // Minifying writes `margin-inline`, which became known years after its two halves.
  const small = postcss.parse(code.toString())
  small.walkDecls(/^(margin|padding)-inline$/, (decl) => {
    const [first, second = first] = postcss.list.space(decl.value)
    decl.replaceWith(decl.clone({ prop: `${decl.prop}-start`, value: first }), decl.clone({ prop: `${decl.prop}-end`, value: second }))
  })
  const licence = '/*! Contains GOV.UK Frontend, MIT licence: licences/govuk-frontend.txt */\n'
  return licence + small.toString() + '\n'
}

write('heard.css', css('ltr'))
write('heard.rtl.css', css('rtl'))
const script = (name) => build({
  entryPoints: [new URL(name, here).pathname], bundle: true, minify: true, format: 'esm', target: 'es2018', write: false, legalComments: 'none'
})
write('heard.js', '/*! Contains GOV.UK Frontend, MIT licence: licences/govuk-frontend.txt */\n' + (await script('heard.js')).outputFiles[0].text)
// Apart, because only shared screens need it.
write('kiosk.js', (await script('kiosk.js')).outputFiles[0].text)
