using System.Reflection;

namespace Trainyard.Sample.Tables;

/// <summary>The tables of one data set; a resource (<c>schema.sql</c>) is their definition.</summary>
/// <param name="InLoadOrder">Every table but the one of facts, a table after those that its keys name.</param>
/// <param name="Info">The table of what is known about the sample: <c>key</c> and <c>value</c>.</param>
/// <param name="Resource">The statements that drop the tables and make them anew, for DuckDB and PostgreSQL
/// alike.</param>
internal sealed record SampleSchema(IReadOnlyList<string> InLoadOrder, string Info, string Resource)
{
    public string Statements { get; } = Read(Resource);

    private static string Read(string resource)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(resource)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
