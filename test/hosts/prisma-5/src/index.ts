import { main } from './main';

main().then((fastifyInstance) =>
  fastifyInstance.listen({ host: '127.0.0.1', port: Number(process.env.PORT || 4000) })
);
