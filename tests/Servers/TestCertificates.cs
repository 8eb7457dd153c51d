using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Trainyard.Tests.Servers;

/// <summary>An authority of a test's own, and what it signs.</summary>
public sealed class TestCertificates : IDisposable
{
    private readonly X509Certificate2 _authority;

    public TestCertificates()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=yard authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        _authority = request.CreateSelfSigned(
            TimeProvider.System.GetUtcNow().AddDays(-10),
            TimeProvider.System.GetUtcNow().AddDays(10)
        );
    }

    /// <summary>Its own certificate, as sslrootcert takes it.</summary>
    public string Authority => _authority.ExportCertificatePem();

    public void Dispose() => _authority.Dispose();

    /// <summary>A certificate for a name, with its key, valid until so many days from now.</summary>
    public X509Certificate2 Sign(string name, int days = 5)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        using var signed = request.Create(
            _authority,
            TimeProvider.System.GetUtcNow().AddDays(-9),
            TimeProvider.System.GetUtcNow().AddDays(days),
            RandomNumberGenerator.GetBytes(8)
        );
        using var whole = signed.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(whole.Export(X509ContentType.Pkcs12), null);
    }
}
