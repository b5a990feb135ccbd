data-links = Enlaces
data-links-failing = { $count ->
    [one] 1 enlace no responde:
   *[other] { $count } enlaces no responden:
}
data-links-since = { $what }, desde el { $date }: { $why }
data-links-desk = { $count ->
    [one] 1 enlace no responde, desde el { $date }
   *[other] { $count } enlaces no responden, el primero desde el { $date }
}
data-links-asked = { $count ->
    [one] 1 enlace, comprobado una vez al día; por última vez el { $date }.
   *[other] { $count } enlaces, cada uno comprobado una vez al día; por última vez el { $date }.
}
data-links-not-yet = Sus enlaces aún no se han comprobado; cada uno se comprueba una vez al día.
data-links-none = No menciona direcciones de otros sitios.
data-links-check = Comprobar los enlaces ahora
data-link-page = su página
data-link-licence = su licencia
data-link-contact = a quién preguntar
data-link-file = un archivo
data-link-status = la respuesta es HTTP { $status }
data-link-private = su servidor no está en la red pública
data-link-unknown = su servidor no se conoce
data-link-redirected = redirige una y otra vez
data-link-slow = la respuesta tarda demasiado
data-link-address = no es una dirección que se pueda comprobar
data-link-broken = no hay una buena conexión
quality-links-advice = Corrija o quite los enlaces que no responden.
flash-dataset-links = Se están comprobando los enlaces. Vuelva a abrir esta página dentro de un minuto.
data-links-mail-subject = { $count ->
    [one] Un enlace de sus datos no responde
   *[other] { $count } enlaces de sus datos no responden
}
data-links-mail-body = { $count ->
    [one] Esta dirección lleva tres días sin responder. Corríjala o quítela:
   *[other] Estas { $count } direcciones llevan tres días sin responder. Corríjalas o quítelas:
}
data-links-mail-line = { $title }
    { $url }
    no responde desde el { $date }
    { $link }
data-links-mail-more = { $count ->
    [one] Y 1 más, en su mesa de trabajo.
   *[other] Y { $count } más, en su mesa de trabajo.
}
