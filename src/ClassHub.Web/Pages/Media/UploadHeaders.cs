using System.Security.Cryptography;
using System.Text;

namespace ClassHub.Web.Pages.Media;

/// <summary>What the headers of the tus protocol say.</summary>
internal static class UploadHeaders
{
    /// <summary>"filename d29yay5qcGc=,class NQ==": a word and its value in Base64, separated by commas. Nothing when it cannot be read.</summary>
    public static IReadOnlyDictionary<string, string>? Metadata(string? header)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        if (header?.Length > 4_000) return null;
        foreach (var pair in (header ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = pair.Split(' ', 2);
            if (Decoded(parts.Length == 2 ? parts[1] : "") is not { } value || !found.TryAdd(parts[0], Encoding.UTF8.GetString(value))) return null;
        }
        return found;
    }

    /// <summary>"sha256 BASE64". False when something is there that is not known or cannot be right.</summary>
    public static bool Checksum(string? header, out (HashAlgorithmName Algorithm, byte[] Sum)? checksum)
    {
        checksum = null;
        if (string.IsNullOrEmpty(header)) return true;
        var (algorithm, length) = header.Split(' ')[0] switch { "sha256" => (HashAlgorithmName.SHA256, 32), "sha1" => (HashAlgorithmName.SHA1, 20), _ => (default, 0) };
        if (length == 0 || header.Split(' ', 2) is not [_, var text] || Decoded(text) is not { } sum || sum.Length != length) return false;
        checksum = (algorithm, sum);
        return true;
    }

    private static byte[]? Decoded(string text)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length) ? bytes[..length] : null;
    }
}
