// What the server would refuse is said before anyone spends data on it.
import { size } from "./size.js"

// Gives a sentence, or nothing. An input says how large a file may be and how many there may be.
export function tooMuch({ dataset: { maxBytes, maxFiles } }, files) {
  if (maxFiles && files.length > Number(maxFiles)) return `You chose ${files.length} files. ${Number(maxFiles) > 0 ? `The most is ${maxFiles}` : "No more can be added"}: please remove some.`
  const big = maxBytes && files.find(file => file.size > Number(maxBytes))
  return big ? `“${big.name}” is ${size(big.size)}. The most is ${size(Number(maxBytes))}.` : ""
}
