using System.Net;
using System.Security.Cryptography;
using System.Text;
using Lightloom.Studio.Api;
using Microsoft.AspNetCore.Http;

namespace Lightloom.Studio.Hosting;

/// <summary>
/// Lets only requests through that come from the Studio's own page or from a program: a page of another origin can neither read nor change
/// anything, whatever name it makes this machine's address go by.
/// </summary>
internal sealed class RequestGuard
{
    /// <summary>The cookie that holds the token once a browser has shown it.</summary>
    public const string Cookie = "lightloom-token";

    /// <summary>The header that every request that changes something must have; other origins cannot send it.</summary>
    public const string Header = "X-Lightloom";

    // Nothing is taken from elsewhere, no script or style stands in the page itself, and no other page may frame it.
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; "
        + "worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private readonly byte[]? _token;
    private readonly HashSet<string> _hosts = new(StringComparer.OrdinalIgnoreCase);
    private readonly bool _anyHost;

    public RequestGuard(StudioOptions options)
    {
        _token = options.Token is { } token ? SHA256.HashData(Encoding.UTF8.GetBytes(token)) : null;
        bool loopback = IsLoopback(options.Bind);
        if (loopback)
        {
            _hosts.UnionWith(["127.0.0.1", "localhost", "[::1]"]);
        }
        else
        {
            // A machine goes by many names; who knows the token is let in by any of them.
            _anyHost = true;
        }
    }

    /// <summary>Whether an address to bind to is this machine's own, so that nobody else reaches it.</summary>
    public static bool IsLoopback(string bind) =>
        bind.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(bind, out IPAddress? ip) && IPAddress.IsLoopback(ip));

    /// <summary>Answers what may not pass, and passes on the rest.</summary>
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        HttpRequest request = context.Request;
        IHeaderDictionary headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()";
        headers.CacheControl = "no-store";
        if (!_anyHost && !_hosts.Contains(request.Host.Host))
        {
            await Refuse(context, 403, "this address does not serve the host that was asked for; use the address that the Studio printed");
            return;
        }

        if (request.Headers.Origin is [{ } origin] && !IsOwn(origin, request))
        {
            await Refuse(context, 403, "requests from pages of another origin are not answered");
            return;
        }

        if (request.Headers["Sec-Fetch-Site"] is ["cross-site" or "same-site"] && request.Path.StartsWithSegments("/api"))
        {
            await Refuse(context, 403, "requests from pages of another origin are not answered");
            return;
        }

        bool reads = HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);
        if (_token is not null && !await LetIn(context, reads))
        {
            return;
        }

        if (!reads && request.Headers[Header] is not [{ Length: > 0 }])
        {
            await Refuse(context, 403, $"a request that changes something needs the header {Header}: 1");
            return;
        }

        await next(context);
    }

    // True when the token is there; else the request has been answered.
    private async Task<bool> LetIn(HttpContext context, bool reads)
    {
        HttpRequest request = context.Request;
        if (reads && request.Path == "/" && request.Query["token"] is [{ } given])
        {
            if (IsToken(given))
            {
                context.Response.Cookies.Append(
                    Cookie,
                    given,
                    new()
                    {
                        HttpOnly = true,
                        SameSite = SameSiteMode.Strict,
                        IsEssential = true,
                        Path = "/",
                    }
                );
                context.Response.Redirect("/");
                return false;
            }
        }

        string? sent =
            request.Headers.Authorization is [{ } header] && header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)
                ? header[7..].Trim()
                : request.Cookies[Cookie];
        if (sent is not null && IsToken(sent))
        {
            return true;
        }

        context.Response.Headers.WWWAuthenticate = "Bearer";
        await Refuse(
            context,
            401,
            "the token is missing or wrong; open the address with ?token=TOKEN, or send Authorization: Bearer TOKEN"
        );
        return false;
    }

    // Takes as long for a wrong token as for one that is nearly right.
    private bool IsToken(string given) => CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(given)), _token);

    private static bool IsOwn(string origin, HttpRequest request) =>
        Uri.TryCreate(origin, UriKind.Absolute, out Uri? uri)
        && uri.Authority.Equals(new Uri($"{request.Scheme}://{request.Host.Value}").Authority, StringComparison.OrdinalIgnoreCase)
        && uri.Scheme == request.Scheme;

    private static Task Refuse(HttpContext context, int status, string error)
    {
        context.Response.StatusCode = status;
        return ApiErrors.Write(context, new ErrorAnswer(error, null, null));
    }
}
