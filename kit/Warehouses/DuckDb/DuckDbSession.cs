using DuckDB.NET.Data;
using Trainyard.Pipelines;

namespace Trainyard.Warehouses.DuckDb;

/// <summary>An open DuckDB file. What it runs, it runs on pool threads, where a token can interrupt it.</summary>
internal sealed class DuckDbSession : IDisposable, IStatements
{
    /// <summary>How long to wait for another process that has the file: publishing takes seconds, not
    /// minutes.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>DuckDB would take most of the machine before it spills; the process needs the rest for itself (in a
    /// container, half of its limit).</summary>
    private static long Memory => Math.Min(2L << 30, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes * 2 / 3);

    private DuckDbSession(DuckDBConnection connection) => Connection = connection;

    public DuckDBConnection Connection { get; }

    public Dialect Dialect => Dialect.DuckDb;

    public static async Task<DuckDbSession> OpenAsync(string file, string uri, bool readOnly, CancellationToken cancel)
    {
        try
        {
            return await Opening.TryAsync(
                () => File.Exists(file) ? Open(file, readOnly) : throw NotThere(file, uri),
                error => IoFaults.IsLocked(error) || (error is DuckDBException locked && DuckDbErrors.IsLocked(locked)),
                Patience,
                cancel
            );
        }
        catch (DuckDBException error)
        {
            throw DuckDbErrors.OfOpening(uri, error);
        }
        catch (Exception error) when (IoFaults.Is(error))
        {
            throw IoFaults.Of(error, $"The warehouse {uri} cannot be opened", file);
        }
    }

    private static Fault NotThere(string file, string uri) =>
        Directory.Exists(file)
            ? Fault.BadConfiguration(
                $"The warehouse {uri} cannot be opened: {file} is a folder: name a file. Nothing was changed."
            )
            : Fault.MissingInput($"The warehouse {uri} is not there: no file {file}. Nothing was changed.");

    /// <summary>Runs something on a pool thread; an error in it is reported as one of
    /// <paramref name="what"/>.</summary>
    public async Task<T> RunAsync<T>(string what, Func<T> work, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        using var interrupt = new Interrupt(Connection.NativeConnection, cancel);
        try
        {
            return await Task.Run(work, CancellationToken.None);
        }
        catch (Exception error)
            when (cancel.IsCancellationRequested && error is DuckDBException or OperationCanceledException)
        {
            throw new OperationCanceledException("The query was interrupted.", error, cancel);
        }
        catch (DuckDBException error)
        {
            throw DuckDbErrors.OfQuery(what, error);
        }
        catch (InvalidOperationException error) when (DuckDbErrors.IsUnfilled(error))
        {
            throw Fault.BadConfiguration(
                $"{what}: the query has a parameter such as ? or $1, which nothing fills: write the value, or "
                    + "{{ from }} and {{ to }} for the window. Nothing was changed.",
                error
            );
        }
    }

    public int Execute(string sql, params object?[] values)
    {
        using var command = Command(sql, values);
        return command.ExecuteNonQuery();
    }

    public IReadOnlyList<string?>? First(string sql, params object?[] values) =>
        Rows(sql, values) is [var first, ..] ? first : null;

    public IReadOnlyList<IReadOnlyList<string?>> Rows(string sql, params object?[] values) =>
        Read(
            sql,
            row => Enumerable.Range(0, row.FieldCount).Select(i => row.IsDBNull(i) ? null : row.GetString(i)).ToList(),
            values
        );

    public List<T> Read<T>(string sql, Func<DuckDBDataReader, T> row, params object?[] values)
    {
        using var command = Command(sql, values);
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
        {
            rows.Add(row(reader));
        }

        return rows;
    }

    public void Dispose() => Connection.Dispose();

    private DuckDBCommand Command(string sql, object?[] values)
    {
        var command = Connection.CreateCommand();
        command.CommandText = sql;
        foreach (var value in values)
        {
            command.Parameters.Add(new DuckDBParameter(value ?? DBNull.Value));
        }

        return command;
    }

    internal static DuckDbSession Open(string file, bool readOnly)
    {
        if (!readOnly && EmptyFile.IsEmpty(file))
        {
            EmptyFile.MakeDatabase(file);
        }

        var nothing = readOnly && EmptyFile.IsEmpty(file);
        var settings = new DuckDBConnectionStringBuilder { DataSource = nothing ? ":memory:" : file };
        settings["access_mode"] = readOnly && !nothing ? "READ_ONLY" : "READ_WRITE";
        var session = new DuckDbSession(new DuckDBConnection(settings.ConnectionString));
        try
        {
            session.Connection.Open();

            session.Execute("SET TimeZone = 'UTC'");
            session.Execute($"SET memory_limit = '{Memory >> 20} MiB'");
            session.Execute($"SET threads = {Environment.ProcessorCount}");

            // Sorting spills beside the file by default, where a step may not write or leave things behind. In a
            // container every process is number 1.
            var spilled = Path.Combine(Path.GetTempPath(), $"trainyard-{Path.GetRandomFileName()}.duckdb.tmp");
            session.Execute($"SET temp_directory = {Identifier.Literal(spilled)}");
            if (new DriveInfo(Path.GetTempPath()).DriveFormat == "tmpfs")
            {
                // Such a folder takes of the same memory.
                session.Execute($"SET max_temp_directory_size = '{Memory >> 21} MiB'");
            }

            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }
}
