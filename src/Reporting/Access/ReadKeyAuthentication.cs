using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace LifecycleMetrics.Reporting.Access;

/// <summary>
/// Authenticates a request by a read key. The challenge is HTTP Basic, because that is what makes Excel and browsers ask.
/// </summary>
internal sealed class ReadKeyAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory loggerFactory,
    UrlEncoder encoder,
    IEnumerable<IReadKeys> places) : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggerFactory, encoder)
{
    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var alsoQuery = Context.GetEndpoint()?.Metadata.GetMetadata<KeyInQuery>() is not null;
        var sawAny = false;
        var sawWriteKey = false;
        foreach (var presented in PresentedKeys.In(Request, alsoQuery))
        {
            sawAny = true;
            sawWriteKey |= presented.StartsWith("lm_write_", StringComparison.Ordinal);
            foreach (var place in places)
            {
                var key = await place.FindAsync(presented, Context.Connection.RemoteIpAddress, Context.RequestAborted);
                if (key is not null)
                    return AuthenticateResult.Success(Ticket(key));
            }
        }

        if (!sawAny)
            return AuthenticateResult.NoResult();
        return AuthenticateResult.Fail(sawWriteKey
            ? "A write key cannot read: use a key with scope read or admin."
            : "The key is not known, or it was revoked.");
    }

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        var failure = (await HandleAuthenticateOnceSafeAsync()).Failure?.Message;
        Response.StatusCode = StatusCodes.Status401Unauthorized;
        Response.Headers.WWWAuthenticate = "Basic realm=\"LifecycleMetrics\", charset=\"UTF-8\"";
        await WriteErrorAsync("Unauthorized",
            failure ?? "A key with scope read is needed: as Basic user name or password, as Bearer token, or as X-Api-Key.");
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        Response.StatusCode = StatusCodes.Status403Forbidden;
        return WriteErrorAsync("Forbidden", "This needs a key with scope admin.");
    }

    private Task WriteErrorAsync(string code, string message) =>
        Response.WriteAsJsonAsync(new { error = new { code, message } }, Context.RequestAborted);

    private AuthenticationTicket Ticket(ReadKey key)
    {
        var identity = new ClaimsIdentity(
            [new Claim(ClaimTypes.NameIdentifier, key.Id), new Claim(ReadAccess.ScopeClaim, key.Scope.ToString())],
            Scheme.Name, ClaimTypes.NameIdentifier, ReadAccess.ScopeClaim);
        return new AuthenticationTicket(new ClaimsPrincipal(identity), Scheme.Name);
    }
}
