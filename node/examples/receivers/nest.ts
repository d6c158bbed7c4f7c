// Receive webhooks in Nest: the controller, and the app, which keeps the raw body.
// --8<-- [start:app]
import type { IncomingMessage, ServerResponse } from 'node:http'
import { Controller, Module, Post, Req, Res } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { webhooks } from 'hundredms'

const receiver = new webhooks.Receiver({ headers: { 'x-webhook-secret': process.env.HMS_WEBHOOK_SECRET ?? '' } })
receiver.on('peer.join.success', ({ data }) => console.log(`${data.user_id} joined ${data.room_id}`))
// The service gets its answer at once, before the work is done.
receiver.on('beam.recording.success', ({ data }) => console.log(`${data.room_id} was recorded`), { background: true })

const handle = receiver.express()

@Controller('webhooks')
class WebhooksController {
  @Post('100ms')
  receive(@Req() request: IncomingMessage, @Res() response: ServerResponse) {
    return handle(request, response)
  }
}

@Module({ controllers: [WebhooksController] })
class AppModule {}

export const start = () => NestFactory.create(AppModule, { rawBody: true, logger: false })
// --8<-- [end:app]
