// Reads a list of ELK graphs from stdin and writes them laid out: see layout.py.
import ELK from 'elkjs'
import { text } from 'node:stream/consumers'

const elk = new ELK()
const graphs = JSON.parse(await text(process.stdin))
const done = []
for (const graph of graphs) done.push(await elk.layout(graph))
process.stdout.write(JSON.stringify(done))
