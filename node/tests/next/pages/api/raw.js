// A pages route that reads the body itself.
import { receiving } from '../../receiver'

export const config = { api: { bodyParser: false } }

export default receiving().receiver.express()
