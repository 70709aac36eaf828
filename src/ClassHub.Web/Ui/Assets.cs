using Microsoft.AspNetCore.StaticAssets;

namespace ClassHub.Web.Ui;

/// <summary>The addresses of styles and scripts with the fingerprint of their bytes, so that a browser may keep them for ever.</summary>
public sealed class Assets(IEnumerable<EndpointDataSource> sources)
{
    private readonly Lazy<Dictionary<string, string>> paths = new(() => Find(sources));

    public string this[string file] => paths.Value.GetValueOrDefault(file, "/" + file);

    private static Dictionary<string, string> Find(IEnumerable<EndpointDataSource> sources)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var asset in sources.SelectMany(s => s.Endpoints).Select(e => e.Metadata.GetMetadata<StaticAssetDescriptor>()))
            if (asset?.Properties.FirstOrDefault(p => p.Name == "label") is { Value: { } label }) found[label] = "/" + asset.Route;
        return found;
    }
}
