using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.Logging.Abstractions;
using Trainyard.Registry;
using Trainyard.Steps.Report.Components;

namespace Trainyard.Steps.Report;

/// <summary>Draws a page from its data. The same data give the same bytes.</summary>
public static class ReportPage
{
    public static Task<string> RenderAsync(ReportData data) => RenderAsync<RunPage>(nameof(RunPage.Data), data);

    public static Task<string> RenderAsync(ComparedTries compared) =>
        RenderAsync<ComparedPage>(nameof(ComparedPage.Compared), compared);

    private static async Task<string> RenderAsync<TPage>(string parameter, object value)
        where TPage : IComponent
    {
        await using var renderer = new HtmlRenderer(new Services(), NullLoggerFactory.Instance);
        return await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var root = await renderer.RenderComponentAsync<TPage>(
                ParameterView.FromDictionary(new Dictionary<string, object?> { [parameter] = value })
            );
            return root.ToHtmlString() + "\n";
        });
    }

    /// <summary>The one service that drawing asks for: an encoder that leaves letters of any language
    /// readable.</summary>
    private sealed class Services : IServiceProvider
    {
        private readonly HtmlEncoder _encoder = HtmlEncoder.Create(UnicodeRanges.All);

        public object? GetService(Type serviceType) => serviceType == typeof(HtmlEncoder) ? _encoder : null;
    }
}
