// Installs the packed packages into an empty project and tells the story of the demo there.
import { project, run } from './project.mjs'

await project(undefined, (folder) => run(folder, process.execPath, 'demo/story.mjs'))
