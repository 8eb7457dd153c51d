using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Trainyard.Tests.Servers;

/// <summary>What was asked of an <see cref="HttpServer"/>.</summary>
/// <param name="Headers">By their names, whatever their case.</param>
public sealed record HttpAsked(string Method, string Path, IReadOnlyDictionary<string, string> Headers);

/// <summary>A server of HTTP that answers as a test says, and remembers what it was asked.</summary>
public sealed class HttpServer : IAsyncDisposable
{
    private readonly WebApplication _server;
    private readonly ConcurrentQueue<HttpAsked> _asked = new();

    private HttpServer(WebApplication server, Func<HttpAsked, (int Status, string Body)> answer)
    {
        _server = server;
        _server.Run(context => AnswerAsync(context, answer));
    }

    /// <summary>In the order in which it came.</summary>
    public IReadOnlyList<HttpAsked> Asked => [.. _asked];

    public string Url => _server.Urls.Single();

    /// <summary>Host and port.</summary>
    public string Authority => new Uri(Url).Authority;

    public static async Task<HttpServer> StartAsync(Func<HttpAsked, (int Status, string Body)> answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(options => options.Listen(IPAddress.Loopback, port: 0));
        var server = new HttpServer(builder.Build(), answer);
        await server._server.StartAsync();
        return server;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task AnswerAsync(HttpContext context, Func<HttpAsked, (int Status, string Body)> answer)
    {
        await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted);
        var asked = new HttpAsked(
            context.Request.Method,
            context.Request.Path,
            context.Request.Headers.ToDictionary(
                header => header.Key,
                header => header.Value.ToString(),
                StringComparer.OrdinalIgnoreCase
            )
        );
        _asked.Enqueue(asked);
        (context.Response.StatusCode, var body) = answer(asked);
        if (body.Length > 0)
        {
            await context.Response.WriteAsync(body, context.RequestAborted);
        }
    }
}
