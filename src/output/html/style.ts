/** The report's style sheet: light and dark, phone and paper. */
export const PAGE_STYLE = `
:root{color-scheme:light dark;--page:#fff;--ink:#1f2328;--soft:#59636e;--edge:#d1d9e0;
--head:#f6f8fa;--good:#116329;--bad:#a40e26;--unsure:#7d4e00;--link:#0550ae}
@media (prefers-color-scheme:dark){:root{--page:#0d1117;--ink:#e6edf3;--soft:#9198a1;--edge:#3d444d;
--head:#151b23;--good:#56d364;--bad:#ff7b72;--unsure:#e3b341;--link:#79c0ff}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:64rem;padding:1rem;background:var(--page);color:var(--ink);
font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,Helvetica,Arial,sans-serif;
overflow-wrap:break-word}
code{overflow-wrap:anywhere}
a{color:var(--link)}
h1,h2,h3{line-height:1.25}
h2{margin-top:2.5rem;border-bottom:1px solid var(--edge);padding-bottom:.3rem}
.about{color:var(--soft)}
.lead{font-size:1.15em}
nav ul{display:flex;flex-wrap:wrap;gap:.25rem 1rem;list-style:none;padding:0}
table{border-collapse:collapse;width:100%;margin:1rem 0;font-size:.9em}
caption{text-align:left;font-weight:600;padding:.3rem 0}
th,td{border:1px solid var(--edge);padding:.3rem .5rem;text-align:left;vertical-align:top}
thead th{background:var(--head)}
td.number{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
.holds{color:var(--good);font-weight:600}
.fails{color:var(--bad);font-weight:600}
.undecided{color:var(--unsure);font-weight:600}
figure{margin:1.5rem 0}
figcaption{font-weight:600}
figure p{margin:0;font-size:.85rem;color:var(--soft)}
figure svg{width:100%;height:auto;display:block}
.narrow,.medium{display:none}
article{border-top:1px solid var(--edge);padding-top:.5rem;margin-top:1.5rem}
dl{display:grid;grid-template-columns:6rem minmax(0,1fr);gap:.2rem .8rem;margin:.5rem 0}
dt{color:var(--soft)}
dd{margin:0}
dd ul{margin:0;padding-left:1.1rem}
@media (max-width:50rem){
.wide,.narrow{display:none}
.medium{display:block}
}
@media (max-width:30rem){
.wide,.medium{display:none}
.narrow{display:block}
}
@media screen and (max-width:62rem){
thead{display:block;position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
table,caption,tbody,tr,td,tbody th{display:block;width:100%}
tr{border:1px solid var(--edge);margin-bottom:.6rem}
td,tbody th{border:0;padding:.15rem .5rem}
td.number{text-align:left;white-space:normal}
td[data-head]::before{content:attr(data-head) ": ";color:var(--soft)}
dl{grid-template-columns:minmax(0,1fr)}
}
@media print{
body{max-width:none;font-size:11px;padding:0}
nav{display:none}
figure,tr,article{break-inside:avoid}
h2,h3{break-after:avoid}
a{color:inherit;text-decoration:none}
}
`.trim();
