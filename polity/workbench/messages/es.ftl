budget-title = Quién financió qué
budget-summary = { $selected } de { $all } proyectos, { $spent } de { $budget }, { $voters } votantes
budget-full = quienes lo apoyan y pagaron el precio completo
budget-rest = quienes lo apoyan y dieron todo lo que les quedaba
budget-beside = no de las partes de los votantes
budget-paid = { $cost } · { $full } completo, { $rest } todo lo que tenían
map-title = Mapa de opiniones: { $count ->
    [one] una persona
   *[other] { $people } personas
}{ $groups ->
    [0] , sin dividir
   *[other] {" "}en { $groups } grupos
}
map-group = Grupo { $group }
map-heading = Grupo { $group }: { $count ->
    [one] una persona
   *[other] { $people } personas
}
map-agrees = de acuerdo:
map-disagrees = en desacuerdo:
map-near = Quienes responden de forma parecida están cerca.
map-axes = A lo ancho: { $across } % de todas las diferencias; a lo alto: { $up } %. Semilla { $seed }.
map-dots = Un punto representa a { $people } personas.
map-most-agree = La mayoría está de acuerdo
map-most-disagree = La mayoría está en desacuerdo
warning-too-few-people = { $count ->
    [0] No hay grupos claros: no hay nadie en el mapa.
    [one] No hay grupos claros: una sola persona en el mapa no se puede dividir.
   *[other] No hay grupos claros: { $people } personas en el mapa son muy pocas, o muy parecidas, para dividirlas.
}
warning-not-separated = No hay grupos claros: votos que no tienen nada que ver entre sí se dividen igual de bien.
warning-gradual = Las opiniones forman una gama y no bandos: una sola nube igual de extensa se divide igual de bien. Mucha gente está cerca de la línea entre grupos.
warning-not-stable = No hay grupos claros: con la mitad de las personas salen otros grupos.
warning-number-unsure = No es seguro cuántos grupos hay.
warning-group-not-stable = El grupo { $group } no es firme: con la mitad de las personas vuelve solo en parte.
warning-separation-not-measured = No se midió si hay grupos.
warning-stability-not-measured = No se midió si los grupos son estables.
warning-axes-not-exact = Dos direcciones de opinión pesan casi igual, así que el dibujo puede girar.
ranked-elected = Elegido: { $names }
ranked-first = Primero: { $names }
ranked-nobody = nadie
ranked-round = ronda { $round }
ranked-points = { $total } puntos
ranked-votes = { $total } votos
ranked-approvals = { $total } aprobaciones
ranked-grades = Cuántos dieron cada calificación, la mejor primero; la línea es la mitad.
ranked-pairs = Cuántos ponen la fila por encima de la columna; en azul donde son más.
