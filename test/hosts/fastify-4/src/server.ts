import { app } from './app'

app
  .listen({ host: '127.0.0.1', port: Number(process.env.PORT ?? 3333) })
  .then((address) => console.log(`Listening on ${address}`))
