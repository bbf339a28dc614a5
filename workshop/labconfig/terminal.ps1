# Run by PowerShell after the student's profile, which may have put another Python first.
# Passed as one command, because a policy may forbid script files: no double quotes here.
$env:PATH = $env:WORKSHOP_BIN + ';' + $env:PATH
$env:PYTHONPATH = $env:WORKSHOP_ROOT
Set-Location -LiteralPath $env:WORKSHOP_ROOT
function prompt { (Split-Path -Leaf (Get-Location)) + ' > ' }
Write-Host 'Save your file, then type: workshop check'
