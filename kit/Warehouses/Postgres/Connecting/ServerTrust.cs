using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Npgsql;

namespace Trainyard.Warehouses.Postgres;

/// <summary>Judges a server's certificate as libpq does. Npgsql's own judgement has no words for what was
/// wrong.</summary>
/// <param name="mode">What sslmode asks for.</param>
/// <param name="roots">The file of the authorities to trust instead of the machine's.</param>
internal sealed class ServerTrust(SslMode mode, string? roots)
{
    /// <summary>A bad signature is one by another authority of the same name.</summary>
    private const X509ChainStatusFlags NotSigned =
        X509ChainStatusFlags.UntrustedRoot | X509ChainStatusFlags.PartialChain | X509ChainStatusFlags.NotSignatureValid;

    /// <summary>Whether a server has shown a certificate that is good enough.</summary>
    public bool IsGiven { get; private set; }

    /// <exception cref="AuthenticationException">It is not to be trusted, and why.</exception>
    public bool Judge(object sender, X509Certificate? shown, X509Chain? chain, SslPolicyErrors errors)
    {
        if (mode is SslMode.VerifyCA or SslMode.VerifyFull)
        {
            if (shown is not X509Certificate2 certificate || chain is null)
            {
                throw new AuthenticationException("it shows no certificate");
            }

            Verify(certificate, chain, errors);
        }

        return IsGiven = true;
    }

    private void Verify(X509Certificate2 certificate, X509Chain chain, SslPolicyErrors errors)
    {
        var isTrusted = !errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors);
        if (roots is not null)
        {
            // Whoever names authorities trusts no others.
            chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            chain.ChainPolicy.CustomTrustStore.ImportFromPemFile(roots);
            chain.ChainPolicy.ExtraStore.AddRange(chain.ChainPolicy.CustomTrustStore);
            isTrusted = chain.Build(certificate);
        }

        if (!isTrusted)
        {
            throw new AuthenticationException(Reason(certificate, chain));
        }

        if (mode == SslMode.VerifyFull && errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
        {
            throw new AuthenticationException(
                $"its certificate is for {string.Join(", ", NamesOf(certificate))}, not for the host of the address. "
                    + "Write the host as the certificate has it, or sslmode=verify-ca to do without"
            );
        }
    }

    private string Reason(X509Certificate2 certificate, X509Chain chain)
    {
        var status = chain.ChainStatus.Aggregate(X509ChainStatusFlags.NoError, (all, each) => all | each.Status);
        return status.HasFlag(X509ChainStatusFlags.NotTimeValid)
                ? $"its certificate, or one that signed it, is not valid today (its own is from "
                    + $"{certificate.NotBefore:yyyy-MM-dd} to {certificate.NotAfter:yyyy-MM-dd})"
            : (status & NotSigned) != 0
                ? "its certificate is signed by none of the authorities that "
                    + (roots is null ? "this machine trusts" : "sslrootcert names")
                    + ". Name the file of the one that signed it by sslrootcert"
            : string.Join(' ', chain.ChainStatus.Select(each => each.StatusInformation.Trim().TrimEnd('.')));
    }

    private static List<string> NamesOf(X509Certificate2 certificate)
    {
        var names = certificate
            .Extensions.OfType<X509SubjectAlternativeNameExtension>()
            .SelectMany(all =>
                all.EnumerateDnsNames().Concat(all.EnumerateIPAddresses().Select(address => address.ToString()))
            )
            .ToList();
        return names.Count > 0 ? names : [certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false)];
    }
}
