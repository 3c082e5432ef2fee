// What makes reading easier; every page can be read without it.
const search = document.querySelector('header input')
document.addEventListener('keydown', (event) => {
  const isTyping = event.target.matches('input, textarea')
  if (event.key !== '/' || isTyping || event.ctrlKey || event.metaKey || event.altKey) return
  event.preventDefault()
  search.select()
})

const menu = document.querySelector('.menu')
const contents = document.querySelector('#contents')
function openContents(isOpen) {
  contents.toggleAttribute('data-open', isOpen)
  menu.setAttribute('aria-expanded', String(isOpen))
}
menu.addEventListener('click', () => openContents(!contents.hasAttribute('data-open')))
document.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape' || !contents.hasAttribute('data-open')) return
  openContents(false)
  menu.focus()
})
contents.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' })

for (const frame of document.querySelectorAll('.code')) {
  const button = document.createElement('button')
  button.type = 'button'
  button.textContent = 'Copy'
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(frame.querySelector('code').textContent)
    button.textContent = 'Copied'
    setTimeout(() => {
      button.textContent = 'Copy'
    }, 1500)
  })
  frame.append(button)
}

// What scrolls sideways can be scrolled by keyboard too, also after the window has become narrower.
const widths = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    if (target.scrollWidth > target.clientWidth) target.tabIndex = 0
    else target.removeAttribute('tabindex')
  }
})
for (const wide of document.querySelectorAll('.table, pre')) widths.observe(wide)

// The list of what stands on the page follows the reader.
const links = [...document.querySelectorAll('aside a')]
const headings = links.map((link) =>
  document.getElementById(decodeURIComponent(link.hash.slice(1))),
)
function follow() {
  const passed = headings.filter((heading) => heading.getBoundingClientRect().top < 96).length
  links.forEach((link, at) => {
    link.setAttribute('aria-current', String(at === Math.max(0, passed - 1)))
  })
}
if (links.length > 0) {
  document.addEventListener('scroll', follow, { passive: true })
  follow()
}
