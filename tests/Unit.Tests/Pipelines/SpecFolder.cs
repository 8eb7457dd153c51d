using Trainyard.Pipelines;

namespace Trainyard.Tests.Pipelines;

/// <summary>A pipeline's folder <c>x</c> for a test: the smallest spec that loads, unless the test says
/// otherwise.</summary>
internal sealed class SpecFolder : IDisposable
{
    public const string Smallest = """
        version: 1
        name: x
        clock: {zone: America/New_York}
        rows: {sql: rows.sql, key: [id], cutoff: day}
        label:
          column: late
          known_after: 2 days
        features:
          numbers: [distance]
        model:
          task: binary
        metric: auc
        """;

    public const string Rows = "SELECT * FROM t WHERE day > {{ from }} AND day <= {{ to }}";

    private readonly string _root = Directory.CreateTempSubdirectory("trainyard-").FullName;

    public SpecFolder(string spec = Smallest, string? rows = Rows)
    {
        Folder = Path.Combine(_root, "x");
        Directory.CreateDirectory(Folder);
        Write("pipeline.yaml", spec);
        if (rows is not null)
        {
            Write("rows.sql", rows);
        }
    }

    public string Folder { get; }

    /// <summary>The smallest spec but for a text in it.</summary>
    public static string With(string instead, string of)
    {
        var replaced = Smallest.Replace(instead, of, StringComparison.Ordinal);
        Assert.True(replaced != Smallest || instead == of, $"'{instead}' is not in the spec.");
        return replaced;
    }

    public void Write(string name, string text)
    {
        var path = Path.Combine(Folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    public PipelineFolder Load() => PipelineFolder.Load(Folder);

    /// <summary>Of what is learned.</summary>
    public string Hash()
    {
        var pipeline = Load();
        return Hashes.OfDefinition(pipeline.Spec.ToDefinition(), pipeline.HashedFiles());
    }

    /// <summary>The mistakes as they are printed, the folder in front left out.</summary>
    public string[] Mistakes()
    {
        var fault = Assert.Throws<Fault>(Load);
        Assert.Equal(ExitCode.BadConfiguration, fault.Code);
        return [.. fault.Message.Split('\n').Select(Short)];
    }

    public string Short(string message) => message.Replace(Folder + "/", "", StringComparison.Ordinal);

    public void Dispose() => Directory.Delete(_root, recursive: true);
}
