using Microsoft.AspNetCore.Razor.TagHelpers;

namespace ClassHub.Web.Ui;

/// <summary>Whatever is typed into a field of words is laid out from its own side.</summary>
[HtmlTargetElement("textarea"), HtmlTargetElement("input", TagStructure = TagStructure.WithoutEndTag)]
public sealed class TextDirection : TagHelper
{
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var type = context.AllAttributes["type"]?.Value?.ToString();
        if ((type is null or "text" or "search") && !context.AllAttributes.ContainsName("dir")) output.Attributes.Add("dir", "auto");
    }
}
