namespace Lightloom.Report.Page;

/// <summary>The style sheet and the script of the page, both part of it.</summary>
internal static class PageStyle
{
    /// <summary>Light and dark by the reader's setting, and paper.</summary>
    public const string Css = """
        :root{color-scheme:light dark;--bg:#fff;--ink:#1c2430;--soft:#5a6676;--rule:#d9dfe7;--panel:#f6f8fb;--accent:#0b63b6;--ok:#1a7f4b;--warn:#9a5b00;--bad:#b3261e;--okbg:#e3f4ea;--warnbg:#fdf0d9;--badbg:#fbe4e2}
        @media (prefers-color-scheme:dark){:root{--bg:#12161c;--ink:#e7ebf1;--soft:#9ba8b8;--rule:#343d4a;--panel:#1a2029;--accent:#6db3f2;--ok:#5fd39a;--warn:#f0b860;--bad:#ff8b82;--okbg:#17352a;--warnbg:#3a2c12;--badbg:#431f1d}}
        *{box-sizing:border-box}html{scroll-behavior:smooth}body{margin:0;background:var(--bg);color:var(--ink);font:15px/1.5 "Helvetica Neue",Helvetica,Arial,"Liberation Sans",sans-serif}
        main{max-width:1180px;margin:0 auto;padding:0 24px 64px}header{padding:32px 0 8px}h1{font-size:30px;line-height:1.2;margin:0 0 6px;overflow-wrap:anywhere}h2{font-size:21px;margin:44px 0 10px;padding-top:10px;border-top:1px solid var(--rule)}h3{font-size:16px;margin:24px 0 6px}
        p{margin:6px 0 10px;max-width:78ch}.lead{font-size:17px}.soft{color:var(--soft)}small{color:var(--soft)}a{color:var(--accent)}
        nav{position:sticky;top:0;background:var(--bg);border-bottom:1px solid var(--rule);z-index:2;margin:8px -24px 0;padding:8px 24px;display:flex;gap:4px 14px;flex-wrap:wrap;font-size:13px}nav a{text-decoration:none;white-space:nowrap}
        section{scroll-margin-top:64px}.tiles{display:grid;grid-template-columns:repeat(auto-fill,minmax(158px,1fr));gap:10px;margin:18px 0}.tile{background:var(--panel);border:1px solid var(--rule);border-radius:8px;padding:10px 12px}.tile b{display:block;font-size:21px;line-height:1.25;font-variant-numeric:tabular-nums}.tile span{font-size:12px;color:var(--soft);display:block}
        .verdict{border-radius:8px;padding:12px 16px;margin:14px 0;border:1px solid var(--rule)}.verdict.ok{background:var(--okbg);color:var(--ok)}.verdict.warn{background:var(--warnbg);color:var(--warn)}.verdict.bad{background:var(--badbg);color:var(--bad)}.verdict b{font-size:17px}
        .whole{white-space:nowrap}.scroll{overflow-x:auto;margin:8px 0 14px}table{border-collapse:collapse;width:100%;font-size:13.5px}caption{text-align:left;color:var(--soft);padding:0 0 6px;font-size:13px}th,td{text-align:left;padding:5px 10px 5px 0;border-bottom:1px solid var(--rule);vertical-align:top}th{font-size:12px;color:var(--soft);font-weight:600;white-space:nowrap}td.n,th.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}td.n+td:not(.n),th.n+th:not(.n){padding-left:8px}td.why{color:var(--soft);font-size:12.5px;min-width:180px}tr.sum td{font-weight:700;border-top:2px solid var(--rule)}tr.group th{padding-top:14px;text-transform:none;font-size:13px;color:inherit}td.id{font-family:ui-monospace,"DejaVu Sans Mono",Menlo,monospace;font-size:12.5px;min-width:150px;overflow-wrap:break-word}
        .tag{display:inline-block;font-size:11px;font-weight:600;border-radius:4px;padding:0 6px;line-height:18px;white-space:nowrap}.tag.ok{background:var(--okbg);color:var(--ok)}.tag.warn{background:var(--warnbg);color:var(--warn)}.tag.bad{background:var(--badbg);color:var(--bad)}.tag.note{background:var(--panel);color:var(--soft);border:1px solid var(--rule)}
        .bar{display:flex;height:26px;border-radius:6px;overflow:hidden;margin:8px 0 4px;border:1px solid var(--rule)}.bar i{display:block}.key{display:flex;flex-wrap:wrap;gap:2px 16px;font-size:12.5px;color:var(--soft);margin-bottom:10px}.key i{display:inline-block;width:11px;height:11px;border-radius:2px;margin-right:6px;vertical-align:-1px}
        .c0{background:#3f7fc1}.c1{background:#d98a2b}.c2{background:#4f9d69}.c3{background:#8467c9}.c4{background:#b8447c}.c5{background:#7d8896}.c6{background:#2a9aa6}.c7{background:#c2b13a}
        figure{margin:12px 0;border:1px solid var(--rule);border-radius:8px;overflow-x:auto;background:var(--bg)}figure svg{display:block;width:100%;height:auto;min-width:860px}figure.natural svg{min-width:0}figcaption{font-size:12.5px;color:var(--soft);padding:6px 12px}
        ul,ol{margin:6px 0 12px;padding-left:22px}li{margin:2px 0;max-width:90ch}details{margin:8px 0}summary{cursor:pointer;color:var(--accent)}.two{display:grid;grid-template-columns:repeat(auto-fit,minmax(320px,1fr));gap:8px 28px}
        .find{display:flex;gap:10px;align-items:center;margin:10px 0;flex-wrap:wrap}.find input{font:inherit;padding:6px 10px;border:1px solid var(--rule);border-radius:6px;background:var(--bg);color:var(--ink);min-width:280px}.rows{height:460px;overflow:auto;border:1px solid var(--rule);border-radius:6px;position:relative}.rows table{font-size:12.5px;table-layout:auto}.rows td,.rows th{white-space:nowrap;padding-left:8px}.rows thead th{position:sticky;top:0;background:var(--panel)}
        @media print{@page{size:A4;margin:14mm}body{font-size:10.5pt}nav,.find,.rows{display:none}main{max-width:none;padding:0}h2,h3{break-after:avoid}figure,.tile,tr{break-inside:avoid}.tiles{grid-template-columns:repeat(4,1fr)}figure svg{min-width:0}.scroll{overflow:visible}a{color:inherit;text-decoration:none}details>*{display:block}details{display:block}table{font-size:8.5pt}thead{display:table-header-group}}
        @media (max-width:640px){main{padding:0 14px 40px}nav{margin:8px -14px 0;padding:8px 14px}h1{font-size:24px}}
        """;

    /// <summary>Shows the rows of the cable list that are in view, and finds among all of them.</summary>
    public const string Script = """
        (function(){var e=document.getElementById('cable-data');if(!e)return;var d=JSON.parse(e.textContent),box=document.getElementById('cable-rows'),body=box.querySelector('tbody'),find=document.getElementById('cable-find'),say=document.getElementById('cable-say'),H=27,all=d.rows,now=all;
        document.getElementById('cable-list').hidden=false;
        function show(){var top=Math.max(0,Math.floor(box.scrollTop/H)-8),end=Math.min(now.length,top+40);body.textContent='';pad(top*H);for(var i=top;i<end;i++){var tr=document.createElement('tr');tr.style.height=H+'px';now[i].forEach(function(v,k){var td=document.createElement('td');td.textContent=d.dict[k]?d.dict[k][v]:v;tr.appendChild(td)});body.appendChild(tr)}pad((now.length-end)*H)}
        function pad(h){var tr=document.createElement('tr'),td=document.createElement('td');td.colSpan=d.heads.length;td.style.cssText='padding:0;border:0;height:'+h+'px';tr.appendChild(td);body.appendChild(tr)}
        function filter(){var q=find.value.toLowerCase().split(/\s+/).filter(Boolean);now=q.length?all.filter(function(r){var t=r.map(function(v,k){return d.dict[k]?d.dict[k][v]:v}).join(' ').toLowerCase();return q.every(function(w){return t.indexOf(w)>=0})}):all;say.textContent=now.length.toLocaleString('en')+' of '+all.length.toLocaleString('en')+' links';box.scrollTop=0;show()}
        var wait;find.addEventListener('input',function(){clearTimeout(wait);wait=setTimeout(filter,120)});box.addEventListener('scroll',function(){requestAnimationFrame(show)});filter()})();
        """;
}
