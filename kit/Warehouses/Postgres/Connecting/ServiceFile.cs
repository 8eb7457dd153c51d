using Trainyard.Pipelines;

namespace Trainyard.Warehouses.Postgres;

/// <summary>A named group of connection parameters in <c>pg_service.conf</c>, where libpq looks for it.</summary>
internal static class ServiceFile
{
    public static IReadOnlyDictionary<string, string> Read(
        string service,
        IReadOnlyDictionary<string, string> environment
    )
    {
        var files = Places(environment).Where(File.Exists).ToList();
        foreach (var file in files)
        {
            var lines = Utf8Text
                .Read(file)
                .Split('\n')
                .Select(line => line.Trim())
                .SkipWhile(line => line != $"[{service}]")
                .Skip(1)
                .TakeWhile(line => !line.StartsWith('['))
                .ToList();
            if (lines.Count > 0)
            {
                return lines
                    .Where(line => line.Contains('=') && !line.StartsWith('#'))
                    .Select(line => line.Split('=', 2))
                    .GroupBy(pair => pair[0].Trim(), pair => pair[1].Trim())
                    .ToDictionary(pair => pair.Key, pair => pair.First());
            }
        }

        // Not with its name, which may be a piece of something else.
        throw Fault.BadConfiguration(
            "The service that --warehouse or PGSERVICE names is not defined: looked in "
                + $"{string.Join(", ", files.DefaultIfEmpty("no file, for there is no pg_service.conf"))}. Nothing "
                + "was changed."
        );
    }

    private static IEnumerable<string> Places(IReadOnlyDictionary<string, string> environment)
    {
        yield return environment.TryGetValue("PGSERVICEFILE", out var file)
            ? file
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".pg_service.conf");
        if (environment.TryGetValue("PGSYSCONFDIR", out var folder))
        {
            yield return Path.Combine(folder, "pg_service.conf");
        }
    }
}
