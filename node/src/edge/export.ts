// Takes the place of `../export`: exports are streams of Node.
import { misconfigured } from '../refused'

function refuse(): never {
  throw misconfigured(
    'exports need Node, whose streams they are: iterate over the list here, `for await (const item of list)`, and write the items yourself',
  )
}

export { refuse as arrowStream, refuse as arrowTable, refuse as ndjson }
