// Lets keyboards scroll wide tables: the theme wraps them when a page is shown.
const reachable = () => {
  for (const wrap of document.querySelectorAll('.md-typeset__scrollwrap:not([tabindex])')) wrap.tabIndex = 0
}
new MutationObserver(reachable).observe(document.documentElement, { childList: true, subtree: true })
reachable()
