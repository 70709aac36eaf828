# A mail server that misbehaves on purpose, unless it is told to behave. Every line it prints is a fact: what it took, refused or let hang.
import asyncio, sys
from aiosmtpd.controller import Controller

behaves = sys.argv[2] == "behaves"

class Handler:
    def __init__(self):
        self.seen = 0

    async def handle_DATA(self, server, session, envelope):
        self.seen += 1
        name = next((line.split(b":", 1)[1].strip().decode() for line in envelope.content.splitlines() if line.lower().startswith(b"message-id:")), "")
        if not behaves and self.seen % 61 == 30:
            print("hung", name, envelope.rcpt_tos[0], flush=True)
            await asyncio.sleep(30)
            return "451 too late"
        if not behaves and self.seen % 17 == 5:
            print("refused", name, envelope.rcpt_tos[0], flush=True)
            return "451 not now"
        print("took", name, envelope.rcpt_tos[0], flush=True)
        if not behaves and self.seen % 23 == 7:
            # Says that it has it, and hangs up.
            asyncio.get_running_loop().call_later(0.02, server.transport.close)
        return "250 taken"

controller = Controller(Handler(), hostname="127.0.0.1", port=int(sys.argv[1]))
controller.start()
print("ready", flush=True)
sys.stdin.read()
controller.stop()
