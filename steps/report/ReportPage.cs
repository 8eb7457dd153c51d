using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.Logging.Abstractions;
using Trainyard.Steps.Report.Components;

namespace Trainyard.Steps.Report;

/// <summary>Draws a page from its data. The same data give the same bytes.</summary>
public static class ReportPage
{
    public static async Task<string> RenderAsync(ReportData data)
    {
        await using var renderer = new HtmlRenderer(new Services(), NullLoggerFactory.Instance);
        return await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var root = await renderer.RenderComponentAsync<Page>(
                ParameterView.FromDictionary(new Dictionary<string, object?> { [nameof(Page.Data)] = data })
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
