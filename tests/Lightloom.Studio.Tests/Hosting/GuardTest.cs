using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Lightloom.Studio.Tests.Hosting;

/// <summary>Who is answered: the page and programs on this machine, nobody else's page, and elsewhere only who knows the token.</summary>
public sealed class GuardTest
{
    private const string Token = "0123456789abcdef0123456789abcdef";

    [Theory]
    [InlineData("evil.example")]
    [InlineData("evil.example:80")]
    [InlineData("127.0.0.1.evil.example")]
    [InlineData("169.254.169.254")]
    public async Task A_name_that_was_bound_to_this_address_elsewhere_is_not_served(string host)
    {
        await using Server server = await Server.StartAsync();
        using HttpResponseMessage answer = await server.RawAsync(HttpMethod.Get, "/api/project", null, h => h.Host = host);
        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData("http://evil.example")]
    [InlineData("null")]
    [InlineData("http://127.0.0.1")]
    [InlineData("http://127.0.0.1:1")]
    public async Task A_page_of_another_origin_can_neither_read_nor_write(string origin)
    {
        await using Server server = await Server.StartAsync();
        foreach (HttpMethod method in new[] { HttpMethod.Get, HttpMethod.Post })
        {
            using HttpResponseMessage answer = await server.RawAsync(
                method,
                method == HttpMethod.Get ? "/api/project" : "/api/undo",
                method == HttpMethod.Get ? null : new { revision = 0 },
                h => h.Add("Origin", origin)
            );
            answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        }
    }

    [Fact]
    public async Task A_request_that_changes_something_needs_the_header_that_a_form_cannot_send()
    {
        await using Server server = await Server.StartAsync();
        server.Client.DefaultRequestHeaders.Remove("X-Lightloom");
        using HttpResponseMessage answer = await server.RawAsync(
            HttpMethod.Post,
            "/api/project/new",
            new { template = "lab-8", revision = 0 }
        );
        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("X-Lightloom");
        (await server.GetAsync("/api/project")).GetProperty("is_empty").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task The_page_runs_no_script_but_its_own_and_is_framed_by_nobody()
    {
        await using Server server = await Server.StartAsync();
        using HttpResponseMessage answer = await server.RawAsync(HttpMethod.Get, "/", null);
        string policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        policy.ShouldContain("default-src 'none'");
        policy.ShouldContain("script-src 'self'");
        policy.ShouldContain("frame-ancestors 'none'");
        policy.ShouldNotContain("unsafe");
        policy.ShouldNotContain("*");
        answer.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        answer.Headers.Contains("Access-Control-Allow-Origin").ShouldBeFalse();
    }

    [Fact]
    public async Task Another_address_than_loopback_needs_a_token_and_says_so()
    {
        InvalidOperationException refused = await Should.ThrowAsync<InvalidOperationException>(() =>
            Server.StartAsync(with: o => o with { Bind = "0.0.0.0" })
        );
        refused.Message.ShouldContain("--token");
        (
            await Should.ThrowAsync<InvalidOperationException>(() =>
                Server.StartAsync(with: o => o with { Bind = "0.0.0.0", Token = "short" })
            )
        ).Message.ShouldContain("16");
    }

    [Fact]
    public async Task With_a_token_nothing_is_answered_without_it()
    {
        await using Server server = await Server.StartAsync(with: o => o with { Token = Token });
        foreach (string path in new[] { "/", "/api/project", "/api/openapi.json", "/?token=wrong", "/?token=" + Token[..31] })
        {
            using HttpResponseMessage answer = await server.RawAsync(HttpMethod.Get, path, null);
            answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized, path);
        }

        using HttpResponseMessage known = await server.RawAsync(
            HttpMethod.Get,
            "/api/project",
            null,
            h => h.Authorization = new("Bearer", Token)
        );
        known.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_browser_that_shows_the_token_once_has_it_in_a_cookie_that_no_script_reads()
    {
        await using Server server = await Server.StartAsync(with: o => o with { Token = Token });
        using HttpResponseMessage answer = await server.RawAsync(HttpMethod.Get, "/?token=" + Token, null);
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        string cookie = answer.Headers.GetValues("Set-Cookie").Single();
        cookie.ShouldContain("httponly", Case.Insensitive);
        cookie.ShouldContain("samesite=strict", Case.Insensitive);
        using HttpResponseMessage next = await server.RawAsync(
            HttpMethod.Get,
            "/api/project",
            null,
            h => h.Add("Cookie", cookie.Split(';')[0])
        );
        next.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_body_larger_than_any_cluster_file_is_refused_before_it_is_sent()
    {
        await using Server server = await Server.StartAsync();
        (await AnswerAsync(server, "PUT /api/project/spec", 25 << 20)).ShouldContain(" 413 ");
    }

    [Fact]
    public async Task A_body_that_does_not_come_is_given_up()
    {
        await using Server server = await Server.StartAsync();
        string answer = await AnswerAsync(server, "POST /api/check", 1_000_000);
        // Either it says 408, or it just hangs up.
        (answer.Length == 0 || answer.Contains(" 408 ", StringComparison.Ordinal)).ShouldBeTrue(answer);
    }

    // Of the body no more than its first character is sent.
    private static async Task<string> AnswerAsync(Server server, string request, int length)
    {
        Uri at = new(server.Origin);
        using TcpClient client = new();
        await client.ConnectAsync(at.Host, at.Port);
        NetworkStream stream = client.GetStream();
        await stream.WriteAsync(
            Encoding.ASCII.GetBytes(
                $"{request} HTTP/1.1\r\nHost: {at.Authority}\r\nX-Lightloom: 1\r\nContent-Type: application/json\r\n"
                    + $"Content-Length: {length}\r\n\r\n{{"
            )
        );
        using CancellationTokenSource patience = new(TimeSpan.FromSeconds(120));
        byte[] answer = new byte[4096];
        int read = await stream.ReadAsync(answer, patience.Token);
        return Encoding.ASCII.GetString(answer, 0, read);
    }
}
