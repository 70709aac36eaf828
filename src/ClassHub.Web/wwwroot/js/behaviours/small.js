// Without a connection only the smallest version of a picture may be on the device.
export function start(picture) {
  picture.addEventListener("error", () => {
    for (const source of picture.parentElement.querySelectorAll("source")) source.remove()
    picture.removeAttribute("srcset")
    picture.src = picture.dataset.small
  }, { once: true })
}
