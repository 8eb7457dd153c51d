namespace Trainyard.Pipelines;

/// <summary>Rules for the SQL files of a spec, as far as they need no warehouse.</summary>
internal static class SqlChecks
{
    public static IEnumerable<Mistake> Check(Spec spec, string folder, YamlText yaml)
    {
        var sql = spec.Rows.Sql;
        var files = sql.Train == sql.Score ? [("", sql.Train)] : new[] { ("/train", sql.Train), ("/score", sql.Score) };
        return files
            .Where(file => yaml.IsSound($"/rows/sql{file.Item1}"))
            .SelectMany(file => Check(spec, folder, yaml, $"/rows/sql{file.Item1}", file.Item2));
    }

    private static IEnumerable<Mistake> Check(Spec spec, string folder, YamlText yaml, string pointer, string file)
    {
        var path = Path.Combine(folder, file);
        if (!PipelineFolder.IsInside(folder, file))
        {
            return [yaml.At(pointer, $"'{file}' leads out of the pipeline's folder; the SQL belongs into it.")];
        }

        if (!File.Exists(path))
        {
            var near = Directory
                .EnumerateFiles(folder, "*.sql", SearchOption.AllDirectories)
                .Select(other => Path.GetRelativePath(folder, other));
            return [yaml.At(pointer, $"the SQL file '{file}' is not there.{Nearest.Hint(file, near)}")];
        }

        if (Utf8Text.TryDecode(File.ReadAllBytes(path), out var place) is not { } sql)
        {
            return [new Mistake(path, place!.Line, place.Column, place.What)];
        }

        // Which placeholders there are depends on the cutoff.
        return yaml.IsSound("/rows/cutoff") ? SqlTemplate.Check(sql, path, spec.Rows.HasTime) : [];
    }
}
