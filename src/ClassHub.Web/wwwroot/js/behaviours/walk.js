// Arrow keys, as a console's D-pad sends them, go from item to item of a list or of tiles: to the nearest that lies that way. Tab goes on as ever.
const ways = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] }
const needsArrows = "textarea, select, video, audio, input:not([type=checkbox]):not([type=file])"

function middle(item) {
  const box = item.getBoundingClientRect()
  return [box.left + box.width / 2, box.top + box.height / 2]
}

export function start(list) {
  list.addEventListener("keydown", event => {
    const way = ways[event.key]
    if (!way || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || event.target.matches(needsArrows)) return
    const [x, y] = middle(event.target)
    let next = null, least = Infinity
    for (const item of list.querySelectorAll("a[href], button, summary, input[type=file], input[type=checkbox]")) {
      if (item === event.target || item.disabled || !item.getClientRects().length) continue
      const [dx, dy] = [middle(item)[0] - x, middle(item)[1] - y]
      const along = dx * way[0] + dy * way[1], across = Math.abs(dx * way[1]) + Math.abs(dy * way[0])
      // What lies beside is not on the way: at least as far along as aside counts first.
      const far = along + 2 * across + (across > along ? 1e5 : 0)
      if (along > 4 && far < least) [next, least] = [item, far]
    }
    if (!next) return
    event.preventDefault()
    next.focus()
  })
}
