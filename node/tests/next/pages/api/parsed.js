// A pages route whose body Next has parsed: there are no bytes left.
import { receiving } from '../../receiver'

export default receiving().receiver.express()
