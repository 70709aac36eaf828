using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ClassHub.Web.Ui;

/// <summary>Answers to work that waited on a device (js/device/waiting.js). It lets go of the work only when these hashes are those of what it holds.</summary>
public static class FromDevice
{
    public static bool IsFromDevice(this HttpRequest request) => request.Headers["X-Requested-With"] == "device";

    /// <param name="files">The hashes of what is on the server's disk, as it was when it was sent.</param>
    public static JsonResult Taken(this PageModel page, IReadOnlyList<string> files, string? address = null, string? receipt = null, int? version = null) =>
        new(new
        {
            // As it came, not as it was bound; only line ends are sent in a form's own way.
            text = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(page.Request.Form["Text"].ToString().Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n')))),
            files,
            address,
            receipt,
            version,
        });

    public static JsonResult NotTaken(this PageModel page, int status) =>
        new(new { message = page.ModelState.Values.SelectMany(v => v.Errors).First().ErrorMessage }) { StatusCode = status };
}
