// Reads a list of ELK graphs from stdin and writes them laid out: see layout.py.
import ELK from 'elkjs'
import { text } from 'node:stream/consumers'

const elk = new ELK()
try {
  const done = []
  for (const graph of JSON.parse(await text(process.stdin))) done.push(await elk.layout(graph))
  process.stdout.write(JSON.stringify(done))
} catch (error) {
  // what ELK throws is no Error, and Node would say where it was thrown alone
  console.error(`Error: ${error.message}`)
  process.exitCode = 1
}
