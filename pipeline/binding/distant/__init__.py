"""What phrases tie over the whole report, where nearer binders leave it open."""
