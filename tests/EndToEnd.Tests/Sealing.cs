using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Trainyard.Tests.EndToEnd;

internal static class Sealing
{
    /// <summary>Seals a changed document again, as nobody does by accident.</summary>
    public static string Seal(JsonObject json)
    {
        json.Remove("seal");
        var body = json.ToJsonString(new JsonSerializerOptions { WriteIndented = true, NewLine = "\n" })[
            ..^"\n}".Length
        ];
        return $"{body},\n  \"seal\": "
            + $"\"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(body)))}\"\n}}\n";
    }
}
