import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** Starts src/server.ts as `npm start` would, on a port nobody uses. */
export async function start() {
    const port = await freePort();
    const origin = `http://127.0.0.1:${port}`;
    const server = spawn(process.execPath, ['--import', 'tsx', 'src/server.ts'], {
        env: { ...process.env, HOST: '127.0.0.1', PORT: String(port), LOG_LEVEL: 'error' },
        stdio: ['ignore', 'inherit', 'inherit']
    });

    for (let tries = 0; !(await isUp(origin)); tries++) {
        if (server.exitCode !== null || tries > 200) {
            server.kill('SIGKILL');
            throw new Error('The server did not come up');
        }
        await sleep(100);
    }

    return {
        origin,
        async stop() {
            const exited = once(server, 'exit');
            server.kill('SIGTERM');
            await exited;
        }
    };
}

async function freePort() {
    const probe = createServer().listen(0, '127.0.0.1');
    await once(probe, 'listening');
    const { port } = probe.address() as AddressInfo;
    probe.close();
    await once(probe, 'close');
    return port;
}

async function isUp(origin: string) {
    try {
        return (await fetch(`${origin}/health`)).ok;
    } catch {
        return false;
    }
}
