using System.Text.RegularExpressions;
using Trainyard.Pipelines;

namespace Trainyard.Stores.S3;

/// <summary>
/// Where a store in S3 is and how to reach it. What AWS has a variable for is set by that variable; whatever is left
/// open here is looked for by the SDK itself: credentials, profile, region.
/// </summary>
internal sealed partial record S3Settings
{
    public required string Bucket { get; init; }

    /// <summary>What every key begins with: empty, or text that ends with a slash.</summary>
    public required string Prefix { get; init; }

    /// <summary><c>AWS_ENDPOINT_URL_S3</c> or <c>AWS_ENDPOINT_URL</c>; null for AWS itself, or what the profile
    /// names.</summary>
    public Uri? Endpoint { get; init; }

    /// <summary><c>AWS_REGION</c> or <c>AWS_DEFAULT_REGION</c>.</summary>
    public string? Region { get; init; }

    /// <summary><c>TRAINYARD_S3_PATH_STYLE</c>: whether the bucket stands in the path. Default: wherever an endpoint
    /// is named.</summary>
    public bool? PathStyle { get; init; }

    /// <summary><c>AWS_ACCESS_KEY_ID</c>, with <see cref="SecretKey"/> and perhaps
    /// <see cref="SessionToken"/>.</summary>
    public string? AccessKey { get; init; }
    public string? SecretKey { get; init; }
    public string? SessionToken { get; init; }

    /// <summary><c>TRAINYARD_S3_SSE</c>: how the store encrypts what it keeps. Default: as the bucket says.</summary>
    public string? Encryption { get; init; }

    /// <summary><c>TRAINYARD_S3_SSE_KMS_KEY_ID</c>: the key for it. Default: the account's own.</summary>
    public string? EncryptionKey { get; init; }

    /// <summary><c>AWS_CA_BUNDLE</c>: a PEM file of the authorities to trust instead of the system's.</summary>
    public string? CaBundle { get; init; }

    /// <summary><c>AWS_REQUEST_CHECKSUM_CALCULATION=when_required</c>, for stores that refuse the checksums the SDK
    /// adds.</summary>
    public bool? ChecksumsOnlyWhereRequired { get; init; }

    /// <summary>Whether the SDK may sign a body in chunks, with its checksum after the last. Stores that refuse its
    /// checksums refuse mostly that: they get one signature over the whole body.</summary>
    public bool SignsInChunks => ChecksumsOnlyWhereRequired != true;

    /// <summary><c>AWS_RESPONSE_CHECKSUM_VALIDATION=when_required</c>.</summary>
    public bool? ValidationOnlyWhereRequired { get; init; }

    /// <summary>Whether <c>AWS_MAX_ATTEMPTS</c> says how often a request is tried.</summary>
    public bool AttemptsAreSet { get; init; }

    public string StoreUri => $"s3://{Bucket}/{Prefix}".TrimEnd('/');

    public static S3Settings Parse(string uri, IReadOnlyDictionary<string, string> environment)
    {
        var place = Place().Match(uri);
        if (!place.Success || place.Groups["prefix"].Value.Split('/').Any(segment => segment is "." or ".."))
        {
            // Not quoted: somebody may have written a password into it.
            throw Fault.Usage(
                "The store begins with s3:// and is no bucket with a prefix: write s3://bucket/prefix, the bucket in "
                    + "3 to 63 small letters, digits, '.' and '-' (and no address of a machine), the prefix in "
                    + "letters, digits, '.', '_' and '-'. Credentials come from the environment or a profile. "
                    + "Nothing was changed."
            );
        }

        // Those that only the SDK reads are looked at as well: what it makes of them is an error without a name.
        foreach (var (name, value) in environment.Where(variable => IsOurs(variable.Key)))
        {
            if (VariableText.QuotesIn(name, value) is { } quoted)
            {
                throw Fault.Usage($"{quoted} Nothing was changed.");
            }
        }

        string? Value(string name) =>
            environment.TryGetValue(name, out var value) && VariableText.Trim(name, value) is { Length: > 0 } text
                ? text
                : null;
        var prefix = place.Groups["prefix"].Value.Trim('/');
        return new S3Settings
        {
            Bucket = place.Groups["bucket"].Value,
            Prefix = prefix.Length == 0 ? "" : prefix + "/",
            Endpoint = (Value("AWS_ENDPOINT_URL_S3") ?? Value("AWS_ENDPOINT_URL")) is { } endpoint
                ? ParseEndpoint(endpoint)
                : null,
            Region =
                RegionIn("AWS_REGION", Value("AWS_REGION"))
                ?? RegionIn("AWS_DEFAULT_REGION", Value("AWS_DEFAULT_REGION")),
            PathStyle = Value("TRAINYARD_S3_PATH_STYLE") is { } style
                ? Choice("TRAINYARD_S3_PATH_STYLE", style, "0", "1") == "1"
                : null,
            AccessKey = Value("AWS_ACCESS_KEY_ID"),
            SecretKey = Value("AWS_SECRET_ACCESS_KEY"),
            SessionToken = Value("AWS_SESSION_TOKEN"),
            Encryption = Value("TRAINYARD_S3_SSE") is { } encryption
                ? Choice("TRAINYARD_S3_SSE", encryption, "AES256", "aws:kms", "aws:kms:dsse")
                : null,
            EncryptionKey = Value("TRAINYARD_S3_SSE_KMS_KEY_ID"),
            CaBundle = Value("AWS_CA_BUNDLE"),
            ChecksumsOnlyWhereRequired = WhereRequired(
                "AWS_REQUEST_CHECKSUM_CALCULATION",
                Value("AWS_REQUEST_CHECKSUM_CALCULATION")
            ),
            ValidationOnlyWhereRequired = WhereRequired(
                "AWS_RESPONSE_CHECKSUM_VALIDATION",
                Value("AWS_RESPONSE_CHECKSUM_VALIDATION")
            ),
            AttemptsAreSet = Value("AWS_MAX_ATTEMPTS") is not null,
        };
    }

    /// <summary>The key of a name in the store.</summary>
    public string KeyOf(string name) =>
        name.Split('/').Any(segment => segment is "" or "." or "..")
            ? throw Fault.Usage($"The name '{name}' leads out of the store {StoreUri}.")
            : Prefix + name;

    private static Uri ParseEndpoint(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var endpoint)
        && endpoint.Scheme is "http" or "https"
        && endpoint.UserInfo.Length == 0
            ? endpoint
            : throw Fault.Usage(
                "AWS_ENDPOINT_URL is no address of a store: write one such as https://s3.example.com or "
                    + "http://127.0.0.1:7480, without a user. Nothing was changed."
            );

    private static bool IsOurs(string variable) =>
        variable.StartsWith("AWS_", StringComparison.Ordinal)
        || variable.StartsWith("TRAINYARD_S3_", StringComparison.Ordinal);

    private static string? RegionIn(string name, string? value) =>
        value is null || RegionName().IsMatch(value)
            ? value
            : throw Fault.Usage(
                $"{name} is '{value}', which is no region's name: one such as eu-central-1 is expected. Nothing was "
                    + "changed."
            );

    private static bool? WhereRequired(string name, string? value) =>
        value is null
            ? null
            : Choice(name, value.ToLowerInvariant(), "when_supported", "when_required") == "when_required";

    private static string Choice(string name, string value, params string[] legal) =>
        legal.Contains(value)
            ? value
            : throw Fault.Usage(
                $"{name} is '{value}', but one of {string.Join(", ", legal)} is "
                    + $"expected.{Nearest.Hint(value, legal)} Nothing was changed."
            );

    [GeneratedRegex(@"\A[A-Za-z0-9_-]{1,63}\z")]
    private static partial Regex RegionName();

    [GeneratedRegex(
        @"\As3://(?!\d+(?:\.\d+){3}(?:/|\z))"
            + @"(?<bucket>[a-z0-9](?:[a-z0-9-]|\.(?!\.)){1,61}[a-z0-9])"
            + @"(?:/(?<prefix>[A-Za-z0-9._-]+(?:/[A-Za-z0-9._-]+)*))?/?\z"
    )]
    private static partial Regex Place();
}
