using Trainyard.Pipelines;
using Trainyard.Stores;
using Trainyard.Tests.Servers;

namespace Trainyard.Tests.Stores;

/// <summary>The store's address and its variables; and a store that is not what it says, played by a few lines
/// here.</summary>
public sealed class S3AddressTests
{
    private static readonly Dictionary<string, string> Somewhere = new()
    {
        ["AWS_ENDPOINT_URL"] = "http://127.0.0.1:9",
        ["AWS_ACCESS_KEY_ID"] = "key",
        ["AWS_SECRET_ACCESS_KEY"] = "secret",
    };

    [Theory]
    [InlineData("s3://bucket", "s3://bucket")]
    [InlineData("s3://b-1", "s3://b-1")]
    [InlineData("s3://10.0.0.1.x/yard", "s3://10.0.0.1.x/yard")]
    [InlineData("s3://bucket/", "s3://bucket")]
    [InlineData("s3://bucket/a/b.c/", "s3://bucket/a/b.c")]
    public void An_address_is_a_bucket_and_perhaps_a_prefix(string address, string expected) =>
        Assert.Equal(expected, Store.Open(address, Somewhere).Uri);

    [Theory]
    [InlineData("s3://")]
    [InlineData("s3://B")]
    [InlineData("s3://Bucket")]
    [InlineData("s3://a")]
    [InlineData("s3://ab/yard")]
    [InlineData("s3://-bucket")]
    [InlineData("s3://bucket-/yard")]
    [InlineData("s3://a..b")]
    [InlineData("s3://192.168.1.17/yard")]
    [InlineData("s3://bucket//a")]
    [InlineData("s3://bucket/../other")]
    [InlineData("s3://bucket/a b")]
    [InlineData("s3://bucket/a?x=1")]
    [InlineData("s3://bucket/a\n")]
    [InlineData("s3://key:canary@bucket/a")]
    [InlineData("https://key:canary@bucket/a")]
    public void An_address_that_is_none_is_64_and_is_not_repeated(string address)
    {
        var fault = Assert.Throws<Fault>(() => Store.Open(address, Somewhere));

        Assert.Equal(ExitCode.Usage, fault.Code);
        Assert.DoesNotContain("canary", fault.Message, StringComparison.Ordinal);
        if (address.StartsWith("s3://", StringComparison.Ordinal))
        {
            Assert.Contains("the bucket in 3 to 63 small letters, digits,", fault.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(
        "AWS_ENDPOINT_URL",
        "http://user:canary@host",
        "AWS_ENDPOINT_URL is no address of a store: write one such as https://s3.example.com or "
            + "http://127.0.0.1:7480, without a user. Nothing was changed."
    )]
    [InlineData(
        "TRAINYARD_S3_SSE",
        "aws:kmz",
        "TRAINYARD_S3_SSE is 'aws:kmz', but one of AES256, aws:kms, aws:kms:dsse is expected. Did you mean "
            + "'aws:kms'? Nothing was changed."
    )]
    [InlineData(
        "TRAINYARD_S3_PATH_STYLE",
        "yes",
        "TRAINYARD_S3_PATH_STYLE is 'yes', but one of 0, 1 is expected. Nothing was changed."
    )]
    [InlineData(
        "AWS_REQUEST_CHECKSUM_CALCULATION",
        "never",
        "AWS_REQUEST_CHECKSUM_CALCULATION is 'never', but one of when_supported, when_required is expected. "
            + "Nothing was changed."
    )]
    [InlineData(
        "AWS_REGION",
        "eu central",
        "AWS_REGION is 'eu central', which is no region's name: one such as eu-central-1 is expected. Nothing was "
            + "changed."
    )]
    [InlineData(
        "AWS_REGION",
        "\"eu-central-1\"",
        "AWS_REGION stands in quotes: write it without them. A shell takes them away, docker run --env-file and a file "
            + "that is named by a variable do not. Nothing was changed."
    )]
    [InlineData(
        "AWS_SECRET_ACCESS_KEY",
        "'canary'",
        "AWS_SECRET_ACCESS_KEY stands in quotes: write it without them. A shell takes them away, docker run --env-file "
            + "and a file that is named by a variable do not. Nothing was changed."
    )]
    public void A_variable_that_means_nothing_is_64(string name, string value, string expected)
    {
        var fault = Assert.Throws<Fault>(() =>
            Store.Open("s3://bucket/a", new Dictionary<string, string>(Somewhere) { [name] = value })
        );

        Assert.Equal((ExitCode.Usage, expected), (fault.Code, fault.Message));
    }

    [Fact]
    public async Task A_store_that_ignores_conditions_is_78_before_anything_is_written()
    {
        await using var fake = await FakeAsync(200);

        var fault = await Assert.ThrowsAsync<Fault>(() =>
            Open(fake).TryCreateAsync("p/run.json", new byte[1], TestContext.Current.CancellationToken)
        );

        Assert.Equal(ExitCode.BadConfiguration, fault.Code);
        Assert.Equal(
            $"The store s3://bucket/a at {fake.Authority} does not keep the condition 'If-None-Match: *' of a "
                + "PUT, so two runs could overwrite one another's results: use a store that does, such as AWS, or "
                + "Ceph from version 16 on. Nothing was changed.",
            fault.Message
        );
        Assert.Equal(
            ["PUT /bucket/a/.create-only", "PUT /bucket/a/.create-only", "DELETE /bucket/a/.create-only"],
            fake.Asked.Select(request => $"{request.Method} {request.Path}")
        );
    }

    [Fact]
    public async Task Encryption_is_asked_for_as_the_variables_say()
    {
        await using var fake = await FakeAsync(412);
        var store = Open(fake, ("TRAINYARD_S3_SSE", "aws:kms"), ("TRAINYARD_S3_SSE_KMS_KEY_ID", "our-key"));

        await store.TryCreateAsync("p/run.json", new byte[1], TestContext.Current.CancellationToken);

        Assert.All(
            fake.Asked.Where(request => request.Method == "PUT"),
            request =>
            {
                Assert.Equal(
                    ("aws:kms", "our-key"),
                    (
                        request.Headers["x-amz-server-side-encryption"],
                        request.Headers["x-amz-server-side-encryption-aws-kms-key-id"]
                    )
                );
                Assert.Equal("*", request.Headers["If-None-Match"]);
            }
        );
    }

    [Theory]
    [InlineData("AWS_REGION", "eu-central-1\r")]
    [InlineData("AWS_ENDPOINT_URL", "http://127.0.0.1:9 \r")]
    [InlineData("TRAINYARD_S3_PATH_STYLE", " 1")]
    public void What_a_line_of_Windows_leaves_behind_is_no_part_of_a_value(string name, string value) =>
        Assert.Equal(
            "s3://bucket/a",
            Store.Open("s3://bucket/a", new Dictionary<string, string>(Somewhere) { [name] = value }).Uri
        );

    /// <summary>As Cloudflare R2, Backblaze B2 and Google answer to what the SDK adds, and to a condition.</summary>
    [Theory]
    [InlineData(
        501,
        "NotImplemented",
        "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER not implemented",
        "refuses the checksums"
    )]
    [InlineData(
        400,
        "InvalidArgument",
        "Unsupported header 'x-amz-checksum-crc32' received for this API call.",
        "refuses the checksums"
    )]
    [InlineData(400, "ExcessHeaderValues", "Multiple values are given", "refuses the checksums")]
    [InlineData(
        501,
        "NotImplemented",
        "A header you provided implies functionality that is not implemented",
        "has not implemented something"
    )]
    public async Task A_store_that_refuses_what_the_SDK_adds_is_78_and_says_which_variable_helps(
        int status,
        string code,
        string message,
        string expected
    )
    {
        await using var fake = await FakeAsync(
            status,
            $"<Error><Code>{code}</Code><Message>{message}</Message></Error>"
        );

        var fault = await Assert.ThrowsAsync<Fault>(() =>
            Open(fake).OpenWriteAsync("p/part.csv", TestContext.Current.CancellationToken)
        );

        Assert.Equal(ExitCode.BadConfiguration, fault.Code);
        Assert.StartsWith(
            $"The store s3://bucket/a at {fake.Authority} {expected}",
            fault.Message,
            StringComparison.Ordinal
        );
        Assert.Contains($"({code}). {message.TrimEnd('.')}. Set ", fault.Message, StringComparison.Ordinal);
        Assert.Contains(
            "Set AWS_REQUEST_CHECKSUM_CALCULATION=when_required, as Cloudflare R2, Backblaze B2, Ceph 16 and older "
                + "MinIO "
                + "need. ",
            fault.Message,
            StringComparison.Ordinal
        );
        Assert.EndsWith(" Nothing was changed.", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("If-None-Match is not implemented")]
    [InlineData("A header you provided implies functionality that is not implemented")]
    public async Task With_that_variable_a_501_is_the_condition_s(string message)
    {
        await using var fake = await FakeAsync(
            501,
            $"<Error><Code>NotImplemented</Code><Message>{message}</Message></Error>"
        );

        var fault = await Assert.ThrowsAsync<Fault>(() =>
            Open(fake, ("AWS_REQUEST_CHECKSUM_CALCULATION", "when_required"))
                .TryCreateAsync("p/run.json", new byte[1], TestContext.Current.CancellationToken)
        );

        Assert.Contains("does not keep the condition 'If-None-Match: *'", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_that_variable_the_body_has_one_signature_and_no_checksum()
    {
        await using var fake = await FakeAsync(412);
        var store = Open(fake, ("AWS_REQUEST_CHECKSUM_CALCULATION", "when_required"));

        await store.TryCreateAsync("p/run.json", new byte[1], TestContext.Current.CancellationToken);

        Assert.All(
            fake.Asked.Where(request => request.Method == "PUT"),
            request =>
            {
                Assert.Matches("^[0-9a-f]{64}$", request.Headers["x-amz-content-sha256"]);
                Assert.DoesNotContain(
                    request.Headers.Keys,
                    name => name.Contains("checksum", StringComparison.OrdinalIgnoreCase) || name == "x-amz-trailer"
                );
            }
        );
    }

    /// <summary>A store that answers every PUT with one status, and has nothing.</summary>
    private static Task<HttpServer> FakeAsync(int status, string body = "") =>
        HttpServer.StartAsync(asked =>
            asked.Method switch
            {
                "PUT" => (status, body),
                "DELETE" => (204, ""),
                _ => (404, ""),
            }
        );

    private static IStore Open(HttpServer fake, params (string Name, string Value)[] more)
    {
        var variables = new Dictionary<string, string>(Somewhere) { ["AWS_ENDPOINT_URL"] = fake.Url };
        foreach (var (name, value) in more)
        {
            variables[name] = value;
        }

        return Store.Open("s3://bucket/a", variables);
    }
}
