using System.Text.Json;
using Lightloom.Studio.Projects;
using Lightloom.Studio.Views;
using Microsoft.AspNetCore.Http;

namespace Lightloom.Studio.Api;

/// <summary>What a request is answered that cannot be met.</summary>
internal sealed record ErrorAnswer(string Error, string? Remedy, IReadOnlyList<DiagnosticAnswer>? Diagnostics);

/// <summary>A request that cannot be met, with its status.</summary>
internal sealed class ApiException(int status, string message, string? remedy = null) : Exception(message)
{
    public int Status { get; } = status;
    public string? Remedy { get; } = remedy;

    public static ApiException NotFound(string message) => new(404, message);

    public static ApiException Wrong(string message) => new(400, message);
}

/// <summary>Turns what a handler throws into an answer.</summary>
internal static class ApiErrors
{
    public static async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody waits for an answer.
        }
        catch (Exception e) when (!context.Response.HasStarted)
        {
            (int status, string message) = e switch
            {
                ApiException api => (api.Status, e.Message),
                ConflictException => (409, e.Message),
                BadHttpRequestException bad => (bad.StatusCode, bad.InnerException is JsonException json ? json.Message : e.Message),
                UnauthorizedAccessException => (403, e.Message),
                InvalidOperationException or IOException => (422, e.Message),
                OutOfMemoryException => (503, "out of memory; ask for less at once"),
                _ => (500, "a defect of Lightloom itself, please report it: " + e),
            };
            if (status == 500)
            {
                await Console.Error.WriteLineAsync($"lightloom: {context.Request.Method} {context.Request.Path}: {message}");
            }

            context.Response.StatusCode = status;
            await Write(context, new(message, (e as ApiException)?.Remedy, null));
        }
    }

    public static Task Write(HttpContext context, ErrorAnswer answer)
    {
        context.Response.ContentType = "application/json";
        return JsonSerializer.SerializeAsync(context.Response.Body, answer, StudioJson.Default.ErrorAnswer, context.RequestAborted);
    }
}
