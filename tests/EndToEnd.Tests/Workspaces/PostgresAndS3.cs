using Amazon.S3;
using Amazon.S3.Model;
using Trainyard.Tests.Servers;

namespace Trainyard.Tests.EndToEnd;

/// <summary>
/// The pair that teams use: a database of PostgreSQL and a bucket of S3, on the servers that all tests of this
/// program share. The
/// programs come as the roles of docs/roles.sql: extract as the reader, the others as the writer, who has been
/// granted the reader.
/// </summary>
public class PostgresAndS3 : Workspace
{
    private readonly string _reader = $"reader_{Guid.NewGuid():N}";
    private readonly string _writer = $"writer_{Guid.NewGuid():N}";
    private readonly string _viewer = $"viewer_{Guid.NewGuid():N}";
    private S3Server? _s3;
    private TestDatabase? _database;
    private string? _bucket;

    /// <summary>The database, for what no warehouse has in common.</summary>
    public TestDatabase Database => _database ?? throw NotOpen;

    public IAmazonS3 S3 => _s3?.Client ?? throw NotOpen;

    public string Bucket => _bucket ?? throw NotOpen;

    public override string Warehouse => Database.UriFor(_writer);

    public override string WarehouseAsReader => Database.UriFor(_reader);

    public override string WarehouseAsOwner => Database.Uri;

    public override string Store => $"s3://{Bucket}/yard";

    public override IReadOnlyDictionary<string, string> Variables =>
        new Dictionary<string, string>(_s3!.Variables) { ["PGPASSWORD"] = Database.Password };

    private static InvalidOperationException NotOpen => new("OpenAsync comes first.");

    public override async Task OpenAsync()
    {
        (var postgres, _s3) = await ServersAsync();
        (_bucket, _database) = (await _s3.CreateBucketAsync(), await postgres.CreateDatabaseAsync());
        var roles = await File.ReadAllTextAsync(Path.Combine(Programs.Root, "docs", "roles.sql"));
        foreach (
            var (variable, value) in new[]
            {
                ("reader", _reader),
                ("writer", _writer),
                ("viewer", _viewer),
                ("schema", "public"),
                ("owner", postgres.User),
            }
        )
        {
            // As psql puts its variables in.
            roles = roles.Replace($":\"{variable}\"", $"\"{value}\"");
        }

        await ExecuteAsync(
            $"{roles}; ALTER ROLE {_reader} PASSWORD '{postgres.Password}'; ALTER ROLE {_writer} PASSWORD "
                + $"'{postgres.Password}'; GRANT {_reader} TO {_writer}"
        );
    }

    public override Task ExecuteAsync(string sql) => Database.ExecuteAsync(sql);

    public override Task<IReadOnlyList<string>> QueryAsync(string sql) => Database.QueryAsync(sql);

    public override async Task LoadAsync(string table, string columns, IEnumerable<string> lines)
    {
        await using var connection = await Database.ConnectAsync();
        await using (var command = connection.CreateCommand())
        {
            command.CommandText = $"CREATE TABLE {table} ({columns})";
            await command.ExecuteNonQueryAsync();
        }

        await using var copy = await connection.BeginTextImportAsync($"COPY {table} FROM STDIN (FORMAT csv)");
        foreach (var line in lines)
        {
            await copy.WriteAsync($"{line}\n");
        }
    }

    public override async Task<IReadOnlyList<string>> ListAllAsync()
    {
        var names = new List<string>();
        await foreach (
            var entry in S3
                .Paginators.ListObjectsV2(new ListObjectsV2Request { BucketName = Bucket, Prefix = "yard/" })
                .S3Objects
        )
        {
            names.Add(entry.Key["yard/".Length..]);
        }

        // What begins with a dot belongs to the store itself, such as the proof that it knows conditional writes.
        return [.. names.Where(name => !name.StartsWith('.')).Order(StringComparer.Ordinal)];
    }

    public override async Task<byte[]> ReadAsync(string name)
    {
        using var found = await S3.GetObjectAsync(Bucket, $"yard/{name}");
        using var bytes = new MemoryStream();
        await found.ResponseStream.CopyToAsync(bytes);
        return bytes.ToArray();
    }

    public override async Task WriteAsync(string name, byte[] content) =>
        await S3.PutObjectAsync(
            new PutObjectRequest
            {
                BucketName = Bucket,
                Key = $"yard/{name}",
                InputStream = new MemoryStream(content),
            }
        );

    public override async Task DeleteAsync(string name) => await S3.DeleteObjectAsync(Bucket, $"yard/{name}");

    public override async Task<IReadOnlyList<string>> UnfinishedAsync() =>
        [.. ((await S3.ListMultipartUploadsAsync(Bucket)).MultipartUploads ?? []).Select(upload => upload.Key)];

    /// <summary>The servers it lives on.</summary>
    protected virtual async Task<(PostgresServer Postgres, S3Server S3)> ServersAsync() =>
        (await PostgresServer.UseAsync(), await S3Server.UseAsync());

    public override async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        Directory.Delete(Folder, recursive: true);
        await RemoveAsync();
    }

    /// <summary>Removes what the test has made on the servers.</summary>
    protected virtual async Task RemoveAsync()
    {
        if (_database is not null)
        {
            // One by one: PostgreSQL loses its way in what two of them have of each other.
            foreach (var role in new[] { _viewer, _writer, _reader })
            {
                await _database.ExecuteAsync($"DROP OWNED BY {role} CASCADE; DROP ROLE {role}");
            }

            await _database.DisposeAsync();
        }

        await (_bucket is null ? Task.CompletedTask : _s3!.DeleteBucketAsync(_bucket));
    }
}
