const { buildApp } = require('./app')

buildApp().then((app) => app.listen({ port: Number(process.env.PORT || 3000) }))
