// 12 KB, 3.4 MB: as Sizes.InWords on the server, in thousands, as phone contracts count.
const kilo = 1000, mega = 1000 * kilo

export function size(bytes) {
  if (bytes < kilo) return `${bytes} B`
  if (bytes < mega) return `${Math.floor(bytes / kilo)} KB`
  return bytes < 10 * mega ? `${(bytes / mega).toFixed(1)} MB` : `${Math.floor(bytes / mega)} MB`
}
