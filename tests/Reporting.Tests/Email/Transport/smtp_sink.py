"""A mail server for tests: keeps messages as files, answers as the recipient's name says.

smtp_sink.py DIRECTORY [CERTIFICATE KEY]     prints its port, then serves until its input ends

later.*@  451 the first time, 250 after it       never.*@  550       drop.*@  hangs up after DATA
"""
import ssl
import sys

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword, SMTP


class Server(SMTP):
    # The .NET client writes the mechanism in lower case.
    async def auth_login(self, server, args):
        return await self.auth_LOGIN(server, args)


class Handler:
    def __init__(self, directory):
        self.directory = directory
        self.seen = set()
        self.count = 0

    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):
        if address.startswith("never"):
            return "550 5.1.1 no such mailbox"
        if address.startswith("later") and address not in self.seen:
            self.seen.add(address)
            return "451 4.3.0 try again later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.count += 1
        name = "%s/%d-%s.eml" % (self.directory, self.count, "tls" if session.ssl else "plain")
        with open(name, "wb") as file:
            file.write(b"X-Auth: %s\r\n" % str(session.authenticated).encode())
            file.write(envelope.content)
        if envelope.rcpt_tos[0].startswith("drop"):
            server.transport.abort()
        return "250 taken"


class Sink(Controller):
    def __init__(self, handler, context):
        super().__init__(handler, hostname="127.0.0.1", port=0)
        self.context = context

    def factory(self):
        return Server(
            self.handler, hostname="sink.test", tls_context=self.context, require_starttls=self.context is not None,
            auth_required=self.context is not None,
            authenticator=lambda server, session, envelope, mechanism, data: AuthResult(
                success=isinstance(data, LoginPassword) and (data.login, data.password) == (b"ann", b"s3cret"), handled=False))

    # The port is the system's choice; the controller checks the one it knows.
    def _trigger_server(self):
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


context = None
if len(sys.argv) > 2:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(sys.argv[2], sys.argv[3])
sink = Sink(Handler(sys.argv[1]), context)
sink.start()
print(sink.port, flush=True)
sys.stdin.read()
sink.stop()
