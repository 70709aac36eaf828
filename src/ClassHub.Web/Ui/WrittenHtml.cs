using ClassHub.Posts;
using ClassHub.Tasks;
using Microsoft.Extensions.Caching.Memory;

namespace ClassHub.Web.Ui;

/// <summary>The safe HTML of what teachers wrote, made once for each version: a class of thirty opens the same task at the same minute.</summary>
public sealed class WrittenHtml(IMemoryCache cache)
{
    private static readonly TimeSpan Lasts = TimeSpan.FromMinutes(30);

    public string Html(int postId, int version, Written written) => Once("body", postId, version, written, () => Markdown.ToHtml(written), html => html.Length);

    /// <summary>A task's text in its order: prose, and steps to tick.</summary>
    public IReadOnlyList<TaskPart> Parts(int postId, int version, Written written) =>
        Once("parts", postId, version, written, () => TaskSteps.Parts(written),
            parts => parts.Sum(p => p.Html.Length + p.Steps.Sum(s => s.Words.Length + s.Below.Length)));

    /// <summary>The address of a picture changes when a smaller one was made, so it is a part of the key.</summary>
    private T Once<T>(string kind, int postId, int version, Written written, Func<T> make, Func<T, int> size) =>
        cache.GetOrCreate((kind, postId, version, string.Join(' ', written.Pictures.Select(p => p.Address))), entry =>
        {
            var made = make();
            entry.SetSize(size(made) + 100).SetSlidingExpiration(Lasts);
            return made;
        })!;
}
