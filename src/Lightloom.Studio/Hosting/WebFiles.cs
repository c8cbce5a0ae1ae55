using System.IO.Compression;
using System.Reflection;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

namespace Lightloom.Studio.Hosting;

/// <summary>The page's files, which the build embeds; each packed once, when it is first asked for.</summary>
internal sealed class WebFiles
{
    private const string Prefix = "web/";

    // Said where the program was built without Node: the API is there, the page is not.
    private const string Missing = """
        <!doctype html><html lang="en"><meta charset="utf-8"><title>Lightloom Studio</title>
        <h1>The page is not in this build</h1>
        <p>This Lightloom was built without Node, which builds the Studio's page. Install Node 20.19 or newer with npm
        (for example: apt-get install npm) and start <code>./lightloom studio</code> again, or take a released Lightloom,
        which has the page in it.</p>
        <p>Everything else works: the HTTP API is described at <a href="/api/openapi.json">/api/openapi.json</a>.</p></html>
        """;

    private readonly Dictionary<string, Lazy<WebFile>> _files = new(StringComparer.Ordinal);

    public WebFiles(Assembly assembly)
    {
        foreach (string name in assembly.GetManifestResourceNames().Where(n => n.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            _files["/" + name[Prefix.Length..].Replace('\\', '/')] = new(() => Read(assembly, name));
        }
    }

    /// <summary>True when the page is in this build.</summary>
    public bool HasPage => _files.ContainsKey("/index.html");

    /// <summary>Answers a request for a file of the page; any path that is not one shows the page, which finds its way by the path.</summary>
    public async Task InvokeAsync(HttpContext context)
    {
        if (!HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method))
        {
            context.Response.StatusCode = 405;
            return;
        }

        if (!HasPage)
        {
            context.Response.ContentType = "text/html; charset=utf-8";
            await context.Response.WriteAsync(Missing, context.RequestAborted);
            return;
        }

        string path = context.Request.Path.Value ?? "/";
        if (!_files.TryGetValue(path, out Lazy<WebFile>? found))
        {
            if (Path.HasExtension(path))
            {
                context.Response.StatusCode = 404;
                return;
            }

            (path, found) = ("/index.html", _files["/index.html"]);
        }

        WebFile file = found.Value;
        IHeaderDictionary headers = context.Response.Headers;
        headers.ETag = file.Tag;
        // Vite names what it builds by its content.
        headers.CacheControl = path.StartsWith("/assets/", StringComparison.Ordinal) ? "public, max-age=31536000, immutable" : "no-cache";
        if (context.Request.Headers.IfNoneMatch == file.Tag)
        {
            context.Response.StatusCode = 304;
            return;
        }

        context.Response.ContentType = TypeOf(path);
        bool packed = context.Request.Headers.AcceptEncoding.ToString().Contains("gzip", StringComparison.OrdinalIgnoreCase);
        ReadOnlyMemory<byte> body = packed ? file.Packed : file.Plain;
        headers.Vary = "Accept-Encoding";
        if (packed)
        {
            headers.ContentEncoding = "gzip";
        }

        context.Response.ContentLength = body.Length;
        if (HttpMethods.IsGet(context.Request.Method))
        {
            await context.Response.Body.WriteAsync(body, context.RequestAborted);
        }
    }

    private static WebFile Read(Assembly assembly, string name)
    {
        using Stream stream = assembly.GetManifestResourceStream(name)!;
        byte[] plain = new byte[stream.Length];
        stream.ReadExactly(plain);
        using MemoryStream packed = new();
        using (GZipStream gzip = new(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(plain);
        }

        return new(plain, packed.ToArray(), $"\"{Convert.ToHexStringLower(SHA256.HashData(plain).AsSpan(0, 10))}\"");
    }

    private static string TypeOf(string path) =>
        Path.GetExtension(path) switch
        {
            ".html" => "text/html; charset=utf-8",
            ".js" or ".mjs" => "text/javascript; charset=utf-8",
            ".css" => "text/css; charset=utf-8",
            ".svg" => "image/svg+xml",
            ".json" or ".map" => "application/json",
            ".webmanifest" => "application/manifest+json",
            ".png" => "image/png",
            ".ico" => "image/x-icon",
            ".woff2" => "font/woff2",
            ".wasm" => "application/wasm",
            _ => "application/octet-stream",
        };

    private sealed record WebFile(ReadOnlyMemory<byte> Plain, ReadOnlyMemory<byte> Packed, string Tag);
}
